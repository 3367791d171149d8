"""Private servers for tests: started for one run, on free ports, and stopped with it."""
