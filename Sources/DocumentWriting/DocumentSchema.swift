/// The JSON Schema (draft 2020-12) of what `CanonicalJSONWriter` writes.
///
/// It is part of the program, so that `boxhead schema` needs no file beside the binary. Its `$id`
/// carries the version of the model and is immutable: once a version is released, neither the
/// schema nor the meaning of a field changes under that name. Tests compare it with the fields of
/// the model and pin its checksum to `Document.schemaName`; to change it, raise the version there
/// and in the two places below, and add the new checksum to the test.
public enum DocumentSchema {
  /// The schema as JSON text with a newline at its end.
  public static let text = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "urn:boxhead:document:1.1.0",
      "title": "Boxhead document",
      "description": "A converted document. Geometry is in points (1/72 inch) from the page's top-left corner, y downwards, after rotation and crop box. Rows and columns count from 0, pages from 1. Ranges are [start, end] without the end. An absent value is left out; only records have null.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "blocks", "comments", "metadata", "notes", "pages", "revisions", "schema", "sections",
        "source"
      ],
      "properties": {
        "schema": {
          "description": "Name and version of this form.",
          "const": "boxhead.document/1.1.0"
        },
        "source": { "$ref": "#/$defs/source" },
        "pages": {
          "description": "One entry for each page that was read, in order; empty for a format without pages.",
          "type": "array",
          "items": { "$ref": "#/$defs/page" }
        },
        "metadata": { "$ref": "#/$defs/metadata" },
        "blocks": {
          "description": "The content in reading order, page furniture included.",
          "type": "array",
          "items": { "$ref": "#/$defs/block" }
        },
        "sections": {
          "description": "Parts with their own page form, for a format without pages.",
          "type": "array",
          "items": { "$ref": "#/$defs/section" }
        },
        "comments": {
          "description": "Remarks that readers attached to the text.",
          "type": "array",
          "items": { "$ref": "#/$defs/comment" }
        },
        "revisions": {
          "description": "Tracked changes, in the order of the text.",
          "type": "array",
          "items": { "$ref": "#/$defs/revision" }
        },
        "notes": {
          "description": "What was left out, guessed or doubtful.",
          "type": "array",
          "items": { "$ref": "#/$defs/note" }
        },
        "record": { "$ref": "#/$defs/record" },
        "furtherRecords": {
          "description": "Where the file holds several reports: the records of all but the first.",
          "type": "array",
          "minItems": 1,
          "items": { "$ref": "#/$defs/record" }
        }
      },
      "$defs": {
        "record": {
          "description": "What a document of a known family says, under names of the family; left out for other documents. Null is what the family needs and the document lacks.",
          "type": "object",
          "additionalProperties": false,
          "required": [
            "agency", "family", "generation", "identities", "other", "published", "sections",
            "tables", "title", "year"
          ],
          "properties": {
            "family": {
              "description": "A stable dotted name.",
              "type": "string"
            },
            "generation": {
              "description": "The form of the family that the document follows.",
              "type": "string"
            },
            "title": {
              "description": "On one line.",
              "type": ["string", "null"]
            },
            "agency": { "description": "Who reports.", "type": ["string", "null"] },
            "year": {
              "description": "The year that is reported on.",
              "type": ["integer", "null"]
            },
            "published": {
              "description": "The day of publication or signature, as ISO 8601.",
              "type": ["string", "null"]
            },
            "sections": {
              "description": "The sections of the family, in its order.",
              "type": "array",
              "items": { "$ref": "#/$defs/recordSection" }
            },
            "tables": {
              "description": "The tables of the family, in its order.",
              "type": "array",
              "items": { "$ref": "#/$defs/recordTable" }
            },
            "identities": {
              "description": "The sums that the values must keep.",
              "type": "array",
              "items": { "$ref": "#/$defs/identity" }
            },
            "other": {
              "description": "Values and blocks that the family does not know, in reading order.",
              "type": "array",
              "items": { "$ref": "#/$defs/other" }
            }
          }
        },
        "recordSection": {
          "type": "object",
          "additionalProperties": false,
          "required": ["blocks", "heading", "name", "text"],
          "properties": {
            "name": { "type": "string" },
            "heading": {
              "description": "The printed heading without its number.",
              "type": ["string", "null"]
            },
            "text": { "description": "Its paragraphs, a line each.", "type": ["string", "null"] },
            "blocks": {
              "description": "Ids of its blocks, tables included.",
              "type": "array",
              "items": { "$ref": "#/$defs/id" }
            }
          }
        },
        "recordTable": {
          "description": "A table as matrices of one shape: a list for each row with an element for each column.",
          "type": "object",
          "additionalProperties": false,
          "required": ["blocks", "cells", "columns", "labels", "name", "rows", "texts", "values"],
          "properties": {
            "name": { "type": "string" },
            "blocks": {
              "description": "Ids of the blocks that it was found in; empty where the document lacks it.",
              "type": "array",
              "items": { "$ref": "#/$defs/id" }
            },
            "rows": {
              "description": "Names of the rows.",
              "type": "array",
              "items": { "type": "string" }
            },
            "labels": {
              "description": "What is printed for each row; null where the document has no such row.",
              "type": "array",
              "items": { "type": ["string", "null"] }
            },
            "columns": {
              "description": "Names of the columns.",
              "type": "array",
              "items": { "type": "string" }
            },
            "values": {
              "description": "The numbers; null for a missing one. A blank is never 0.",
              "type": "array",
              "items": { "type": "array", "items": { "type": ["number", "null"] } }
            },
            "texts": {
              "description": "What is printed; null where the document has no cell.",
              "type": "array",
              "items": { "type": "array", "items": { "type": ["string", "null"] } }
            },
            "cells": {
              "description": "Ids of the cells; null where the document has none.",
              "type": "array",
              "items": { "type": "array", "items": { "type": ["string", "null"] } }
            },
            "units": {
              "description": "Units of the values, where any is known.",
              "type": "array",
              "items": { "type": "array", "items": { "type": ["string", "null"] } }
            }
          }
        },
        "identity": {
          "description": "Two sums that must be equal.",
          "type": "object",
          "additionalProperties": false,
          "required": [
            "holds", "holdsIfBlankIsZero", "id", "left", "leftCells", "right", "rightCells"
          ],
          "properties": {
            "id": { "$ref": "#/$defs/id" },
            "left": {
              "description": "The sum of the left cells; null where one has no value.",
              "type": ["number", "null"]
            },
            "right": {
              "description": "The sum of the right cells; null where one has no value.",
              "type": ["number", "null"]
            },
            "holds": {
              "description": "Whether they are equal; null where a side has no value.",
              "type": ["boolean", "null"]
            },
            "holdsIfBlankIsZero": {
              "description": "Whether they would be equal if blank cells were 0; null where a cell is no number or does not exist.",
              "type": ["boolean", "null"]
            },
            "leftCells": {
              "description": "Ids of the cells at the left.",
              "type": "array",
              "items": { "type": "string" }
            },
            "rightCells": {
              "description": "Ids of the cells at the right.",
              "type": "array",
              "items": { "type": "string" }
            }
          }
        },
        "other": {
          "description": "A value or block that the family does not know.",
          "type": "object",
          "additionalProperties": false,
          "required": ["at", "path", "text"],
          "properties": {
            "at": { "description": "The id of the cell or block.", "type": "string" },
            "path": {
              "description": "The headers of a value, those of its row first.",
              "type": "array",
              "items": { "type": "string" }
            },
            "text": { "description": "What is printed; empty for a table.", "type": "string" },
            "value": { "description": "The number, where the text says one.", "type": "number" }
          }
        },
        "source": {
          "description": "The original file.",
          "type": "object",
          "additionalProperties": false,
          "required": ["bytes", "mediaType", "name", "sha256"],
          "properties": {
            "name": { "description": "File name without its folder.", "type": "string" },
            "mediaType": {
              "description": "The media type found in the bytes, never taken from the name.",
              "type": "string"
            },
            "sha256": {
              "description": "SHA-256 of the original.",
              "type": "string",
              "pattern": "^[0-9a-f]{64}$"
            },
            "bytes": {
              "description": "Size of the original.",
              "type": "integer",
              "minimum": 0
            }
          }
        },
        "page": {
          "type": "object",
          "additionalProperties": false,
          "required": ["height", "number", "origin", "rotation", "width"],
          "properties": {
            "number": { "type": "integer", "minimum": 1 },
            "width": { "description": "Width after rotation.", "type": "number" },
            "height": { "description": "Height after rotation.", "type": "number" },
            "rotation": {
              "description": "The rotation that the original declares, in degrees clockwise; already applied to every box.",
              "enum": [0, 90, 180, 270]
            },
            "origin": {
              "description": "Where the text of the page came from.",
              "enum": ["textLayer", "recognized", "none"]
            }
          }
        },
        "metadata": {
          "description": "What the original says about itself.",
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "title": { "type": "string" },
            "author": { "type": "string" },
            "created": {
              "description": "ISO 8601 where the original's form allows.",
              "type": "string"
            },
            "modified": {
              "description": "ISO 8601 where the original's form allows.",
              "type": "string"
            },
            "producer": { "description": "The program that made it.", "type": "string" },
            "language": { "description": "Main language as a BCP 47 tag.", "type": "string" },
            "subject": { "type": "string" },
            "keywords": { "description": "Key words, as written.", "type": "string" },
            "description": { "type": "string" }
          }
        },
        "section": {
          "type": "object",
          "additionalProperties": false,
          "required": ["columnCount", "start"],
          "properties": {
            "columnCount": { "description": "Columns of text.", "type": "integer" },
            "pageWidth": { "description": "In points.", "type": "number" },
            "pageHeight": { "description": "In points.", "type": "number" },
            "start": {
              "description": "Where the section starts.",
              "enum": ["nextPage", "continuous", "evenPage", "oddPage", "nextColumn"]
            },
            "lastBlock": {
              "description": "The id of its last block; left out for an empty section.",
              "type": "string"
            }
          }
        },
        "comment": {
          "type": "object",
          "additionalProperties": false,
          "required": ["id", "provenance", "subject", "text"],
          "properties": {
            "id": { "$ref": "#/$defs/id" },
            "author": { "type": "string" },
            "date": { "description": "As written in the original.", "type": "string" },
            "text": { "description": "The remark.", "type": "string" },
            "subject": { "description": "The text that it is about.", "type": "string" },
            "at": {
              "description": "The id of the block that it is attached to.",
              "type": "string"
            },
            "provenance": { "$ref": "#/$defs/provenance" }
          }
        },
        "revision": {
          "type": "object",
          "additionalProperties": false,
          "required": ["kind", "provenance", "text"],
          "properties": {
            "kind": {
              "enum": [
                "insertion", "deletion", "moveFrom", "moveTo", "paragraphInsertion",
                "paragraphDeletion", "rowInsertion", "rowDeletion", "cellInsertion", "cellDeletion"
              ]
            },
            "author": { "type": "string" },
            "date": { "description": "As written in the original.", "type": "string" },
            "text": {
              "description": "The text that was inserted, deleted or moved.",
              "type": "string"
            },
            "provenance": { "$ref": "#/$defs/provenance" }
          }
        },
        "block": {
          "anyOf": [{ "$ref": "#/$defs/textBlock" }, { "$ref": "#/$defs/tableBlock" }]
        },
        "textBlock": {
          "type": "object",
          "additionalProperties": false,
          "required": ["id", "kind", "provenance", "text"],
          "properties": {
            "id": { "$ref": "#/$defs/id" },
            "kind": {
              "enum": [
                "title", "heading", "paragraph", "listItem", "figure", "footnote", "pageFurniture"
              ]
            },
            "level": { "$ref": "#/$defs/level" },
            "label": { "$ref": "#/$defs/label" },
            "text": {
              "description": "The printed text without the label; breaks inside a word are removed.",
              "type": "string"
            },
            "role": { "$ref": "#/$defs/role" },
            "direction": { "$ref": "#/$defs/direction" },
            "inlines": { "$ref": "#/$defs/inlines" },
            "provenance": { "$ref": "#/$defs/provenance" }
          }
        },
        "tableBlock": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "bands", "cells", "columnCount", "confidence", "footnotes", "fragments", "id", "kind",
            "provenance", "rowCount", "stubColumns", "text"
          ],
          "properties": {
            "id": { "$ref": "#/$defs/id" },
            "kind": {
              "description": "A table, or a figure whose values are known.",
              "enum": ["table", "figure"]
            },
            "level": { "$ref": "#/$defs/level" },
            "label": { "$ref": "#/$defs/label" },
            "text": {
              "description": "Empty for a table, whose text is in the cells.",
              "type": "string"
            },
            "role": { "$ref": "#/$defs/role" },
            "direction": { "$ref": "#/$defs/direction" },
            "inlines": { "$ref": "#/$defs/inlines" },
            "alternativeText": {
              "description": "What stands for the table where it cannot be seen.",
              "type": "string"
            },
            "caption": {
              "description": "The title printed above or below the table.",
              "type": "string"
            },
            "unit": {
              "description": "The unit of all values that have none of their own.",
              "type": "string"
            },
            "unitText": {
              "description": "The line that says the unit, as printed.",
              "type": "string"
            },
            "footnotes": {
              "description": "Notes and sources printed under the table.",
              "type": "array",
              "items": { "type": "string" }
            },
            "rowCount": { "type": "integer", "minimum": 0 },
            "columnCount": { "type": "integer", "minimum": 0 },
            "bands": {
              "description": "Groups of rows, each with its own column headers, in order.",
              "type": "array",
              "items": { "$ref": "#/$defs/band" }
            },
            "stubColumns": {
              "description": "How many columns at the left hold row headers.",
              "type": "integer",
              "minimum": 0
            },
            "fragments": {
              "description": "The pieces of the table on pages, in order.",
              "type": "array",
              "items": { "$ref": "#/$defs/fragment" }
            },
            "cells": {
              "description": "Cells in row-major order of their top-left corner. Every position of the grid belongs to exactly one cell.",
              "type": "array",
              "items": { "$ref": "#/$defs/cell" }
            },
            "confidence": { "$ref": "#/$defs/confidence" },
            "provenance": { "$ref": "#/$defs/provenance" }
          }
        },
        "band": {
          "type": "object",
          "additionalProperties": false,
          "required": ["headerRows", "rows"],
          "properties": {
            "rows": { "$ref": "#/$defs/range" },
            "headerRows": {
              "description": "How many of the rows are column headers.",
              "type": "integer",
              "minimum": 0
            }
          }
        },
        "fragment": {
          "type": "object",
          "additionalProperties": false,
          "required": ["box", "page", "repeatedHeaderRows", "rows"],
          "properties": {
            "page": { "type": "integer", "minimum": 1 },
            "box": { "$ref": "#/$defs/box" },
            "rows": { "$ref": "#/$defs/range" },
            "repeatedHeaderRows": {
              "description": "How many header rows the piece repeats; they are not rows of the table.",
              "type": "integer",
              "minimum": 0
            }
          }
        },
        "cell": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "column", "columnSpan", "confidence", "evidence", "id", "provenance", "role", "row",
            "rowSpan", "text"
          ],
          "properties": {
            "id": {
              "description": "The block's id, \"c\" and the cell's position from 1.",
              "type": "string",
              "pattern": "c[1-9][0-9]*$"
            },
            "row": { "type": "integer", "minimum": 0 },
            "column": { "type": "integer", "minimum": 0 },
            "rowSpan": { "type": "integer", "minimum": 1 },
            "columnSpan": { "type": "integer", "minimum": 1 },
            "role": { "enum": ["data", "columnHeader", "rowHeader", "stubHead", "section"] },
            "text": {
              "description": "What is printed; breaks inside a word are removed.",
              "type": "string"
            },
            "value": {
              "description": "The number, only when the text says one exactly.",
              "type": "number",
              "minimum": -9007199254740991,
              "maximum": 9007199254740991
            },
            "unit": { "description": "The unit of the value.", "type": "string" },
            "missing": {
              "description": "How the value is absent; a blank is never 0.",
              "enum": ["blank", "dash", "slash", "dots", "colon", "mark", "word"]
            },
            "columnPath": {
              "description": "Ids of the headers above, outermost first; left out when empty.",
              "type": "array",
              "minItems": 1,
              "items": { "type": "string" }
            },
            "rowPath": {
              "description": "Ids of the headers at the left, outermost first; left out when empty.",
              "type": "array",
              "minItems": 1,
              "items": { "type": "string" }
            },
            "evidence": {
              "description": "What shows that the cell is where it is.",
              "enum": ["ruled", "aligned", "declared", "recognized", "implied"]
            },
            "confidence": { "$ref": "#/$defs/confidence" },
            "blocks": {
              "description": "Blocks inside the cell other than its text; left out when empty.",
              "type": "array",
              "minItems": 1,
              "items": { "$ref": "#/$defs/block" }
            },
            "provenance": { "$ref": "#/$defs/provenance" }
          }
        },
        "note": {
          "type": "object",
          "additionalProperties": false,
          "required": ["code", "message", "provenance", "severity"],
          "properties": {
            "code": {
              "description": "A stable dotted name such as table.joinedAcrossPages.",
              "type": "string"
            },
            "severity": { "enum": ["info", "warning", "error"] },
            "at": {
              "description": "The id of the block or cell that it is about.",
              "type": "string"
            },
            "message": { "type": "string" },
            "provenance": { "$ref": "#/$defs/provenance" }
          }
        },
        "provenance": {
          "description": "Where it came from; several entries when it continues elsewhere.",
          "type": "array",
          "items": {
            "anyOf": [{ "$ref": "#/$defs/pagePlace" }, { "$ref": "#/$defs/partPlace" }]
          }
        },
        "pagePlace": {
          "type": "object",
          "additionalProperties": false,
          "required": ["box", "page"],
          "properties": {
            "page": { "type": "integer", "minimum": 1 },
            "box": { "$ref": "#/$defs/box" }
          }
        },
        "partPlace": {
          "type": "object",
          "additionalProperties": false,
          "required": ["part", "path"],
          "properties": {
            "part": {
              "description": "A part of a package such as word/document.xml.",
              "type": "string"
            },
            "path": {
              "description": "An element of the part; positions among siblings of one name, from 1.",
              "type": "string"
            }
          }
        },
        "role": {
          "description": "Where a block stands when it is not part of the running text.",
          "enum": [
            "caption", "contents", "textBox", "endnote", "chart", "diagram", "included", "header",
            "firstHeader", "evenHeader", "footer", "firstFooter", "evenFooter"
          ]
        },
        "direction": {
          "description": "The direction of the text; left out for left to right.",
          "enum": ["rtl"]
        },
        "inlines": {
          "description": "What stands at places in the text, in its order; left out when empty.",
          "type": "array",
          "minItems": 1,
          "items": {
            "anyOf": [
              { "$ref": "#/$defs/link" },
              { "$ref": "#/$defs/reference" },
              { "$ref": "#/$defs/image" },
              { "$ref": "#/$defs/equation" },
              { "$ref": "#/$defs/ruby" },
              { "$ref": "#/$defs/control" },
              { "$ref": "#/$defs/embedding" },
              { "$ref": "#/$defs/bookmark" },
              { "$ref": "#/$defs/mark" }
            ]
          }
        },
        "link": {
          "type": "object",
          "additionalProperties": false,
          "required": ["kind", "range", "target"],
          "properties": {
            "kind": { "const": "link" },
            "range": { "$ref": "#/$defs/scalars" },
            "target": {
              "description": "An address, or # and the name of a place in the document.",
              "type": "string"
            }
          }
        },
        "reference": {
          "type": "object",
          "additionalProperties": false,
          "required": ["kind", "range", "to"],
          "properties": {
            "kind": { "const": "reference" },
            "range": { "$ref": "#/$defs/scalars" },
            "to": {
              "description": "The id of the note or comment that is referred to.",
              "type": "string"
            }
          }
        },
        "image": {
          "type": "object",
          "additionalProperties": false,
          "required": ["kind", "range"],
          "properties": {
            "kind": { "const": "image" },
            "range": { "$ref": "#/$defs/scalars" },
            "alternativeText": { "type": "string" },
            "part": { "description": "The part that holds it.", "type": "string" },
            "externalTarget": {
              "description": "The address of a picture outside the file; it is never fetched.",
              "type": "string"
            },
            "mediaType": { "type": "string" },
            "width": { "description": "Printed width in points.", "type": "number" },
            "height": { "description": "Printed height in points.", "type": "number" },
            "bytes": { "description": "Size of the part.", "type": "integer" },
            "sha256": { "type": "string", "pattern": "^[0-9a-f]{64}$" }
          }
        },
        "equation": {
          "type": "object",
          "additionalProperties": false,
          "required": ["isDisplayed", "kind", "mathML", "range", "text"],
          "properties": {
            "kind": { "const": "equation" },
            "range": { "$ref": "#/$defs/scalars" },
            "text": { "description": "The equation on one line.", "type": "string" },
            "mathML": { "description": "As presentation MathML.", "type": "string" },
            "isDisplayed": {
              "description": "Whether it stands on a line of its own.",
              "type": "boolean"
            }
          }
        },
        "ruby": {
          "type": "object",
          "additionalProperties": false,
          "required": ["kind", "range", "reading"],
          "properties": {
            "kind": { "const": "ruby" },
            "range": { "$ref": "#/$defs/scalars" },
            "reading": { "description": "Printed above the text of the range.", "type": "string" }
          }
        },
        "control": {
          "type": "object",
          "additionalProperties": false,
          "required": ["control", "isPrompt", "kind", "range"],
          "properties": {
            "kind": { "const": "control" },
            "range": { "$ref": "#/$defs/scalars" },
            "control": {
              "description": "What it lets the reader do.",
              "enum": ["checkBox", "dropDown", "comboBox", "date", "text", "picture", "group"]
            },
            "name": { "description": "For people.", "type": "string" },
            "tag": { "description": "For programs.", "type": "string" },
            "isChecked": { "description": "Of a check box.", "type": "boolean" },
            "isPrompt": {
              "description": "Whether the text is only the prompt of an empty control.",
              "type": "boolean"
            }
          }
        },
        "embedding": {
          "type": "object",
          "additionalProperties": false,
          "required": ["kind", "range"],
          "properties": {
            "kind": { "const": "embedding" },
            "range": { "$ref": "#/$defs/scalars" },
            "part": { "description": "The part that holds the file.", "type": "string" },
            "externalTarget": {
              "description": "The address of a linked file; it is never fetched.",
              "type": "string"
            },
            "program": { "description": "The program that made it.", "type": "string" },
            "bytes": { "description": "Size of the part.", "type": "integer" }
          }
        },
        "bookmark": {
          "type": "object",
          "additionalProperties": false,
          "required": ["kind", "name", "range"],
          "properties": {
            "kind": { "const": "bookmark" },
            "range": { "$ref": "#/$defs/scalars" },
            "name": { "type": "string" }
          }
        },
        "mark": {
          "type": "object",
          "additionalProperties": false,
          "required": ["kind", "range"],
          "properties": {
            "kind": { "enum": ["superscript", "subscript", "insertion", "deletion"] },
            "range": { "$ref": "#/$defs/scalars" }
          }
        },
        "scalars": {
          "description": "[start, end] without the end, in Unicode scalars of the block's text.",
          "type": "array",
          "items": { "type": "integer", "minimum": 0 },
          "minItems": 2,
          "maxItems": 2
        },
        "id": { "type": "string", "minLength": 1 },
        "level": {
          "description": "Depth of a heading or list item, from 1.",
          "type": "integer",
          "minimum": 1
        },
        "label": {
          "description": "The printed number or bullet in front of the text.",
          "type": "string"
        },
        "confidence": {
          "description": "How sure the reconstruction is.",
          "type": "number",
          "minimum": 0,
          "maximum": 1
        },
        "box": {
          "description": "[minX, minY, maxX, maxY], rounded to hundredths of a point.",
          "type": "array",
          "items": { "type": "number" },
          "minItems": 4,
          "maxItems": 4
        },
        "range": {
          "description": "[start, end] without the end.",
          "type": "array",
          "items": { "type": "integer", "minimum": 0 },
          "minItems": 2,
          "maxItems": 2
        }
      }
    }

    """#
}
