"""The look of a council service: base pages, components, form rendering, who may open a page, the clock."""
