"""The course drawn: curves, band, strips, marks, and the cursor that reads them."""
