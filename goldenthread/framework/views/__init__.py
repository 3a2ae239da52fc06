"""Pages of the settings: the framework, the templates, people and teams."""
