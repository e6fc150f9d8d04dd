"""The page of the product: `streamlit run app.py`, or `advisor serve`."""

from ui.page import show

show()
