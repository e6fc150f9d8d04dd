"""The page of the product: `streamlit run advisor_ui/app.py`, or `advisor serve`."""

from advisor_ui.page import show

show()
