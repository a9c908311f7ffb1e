"""What a terminal needs: widths in cells, wrapped lines, columns, hidden characters shown."""
