"""The filters that several screens have: menus, periods, and the filters in force."""
