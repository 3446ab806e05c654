"""The tab « Documents » of a person's file: mandates, their journal, and the papers to hand over."""
