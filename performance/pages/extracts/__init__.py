"""Pages on which case extracts are sent and counted, under /returns/extracts/."""
