"""The figures of an advisor's work: counted on this computer, each with its definition."""
