"""One file per kind of question. A new kind is one new file here; see docs/how/add-a-kind-of-question.md."""
