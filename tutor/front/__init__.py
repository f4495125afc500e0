"""What the screens and the line mode share: texts set in lines, pictures as cells, what stands around an answer, what is kept."""
