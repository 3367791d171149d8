"""One module per figure: rows in, a Plotly figure as plain data out. Imports no Django."""
