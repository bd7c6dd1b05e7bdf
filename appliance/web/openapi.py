"""The translation API as an OpenAPI 3.1 document."""

from importlib.metadata import version
from typing import Any

from appliance.services.public_api import MAX_CHARACTERS, MAX_TEXTS

Json = dict[str, Any]

_TEXT: Json = {"type": "string"}
_ERRORS = {
    "400": "Something in the request is missing, wrong or too much; the error names it.",
    "403": "No API key, or one that is not valid.",
    "413": "The request is larger than 1 MiB.",
    "429": "The key has sent more requests than it may. `Retry-After` says when to try again.",
    "500": "The translation failed.",
    "503": "The server has too much to do right now.",
}


def document(origin: str) -> Json:
    """`origin`: the server's address, as `https://chat.example.com`."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Dragoman: translation API",
            "version": version("dragoman"),
            "summary": "Offline translation in LibreTranslate's form.",
            "description": (
                "Translates with the language packs of this installation, its translation memory and its "
                "glossary. Requests are JSON objects or forms. Keys are made in the console, under API."
            ),
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": origin}],
        "paths": {
            "/translate": {"post": _translate()},
            "/detect": {"post": _detect()},
            "/languages": {"get": _languages()},
        },
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


def _translate() -> Json:
    return {
        "operationId": "translate",
        "summary": "Translate a text, or up to 100 of them.",
        "security": [{}, {"bearer": []}],
        "requestBody": _body("TranslateRequest"),
        "responses": _responses("The translation.", {"$ref": "#/components/schemas/Translated"}, *_ERRORS),
    }


def _detect() -> Json:
    return {
        "operationId": "detect",
        "summary": "Say which language a text is in.",
        "security": [{}, {"bearer": []}],
        "requestBody": _body("DetectRequest"),
        "responses": _responses(
            "The languages it may be, the likeliest first.",
            {"type": "array", "minItems": 1, "items": {"$ref": "#/components/schemas/Detected"}},
            "400",
            "403",
            "413",
            "429",
        ),
    }


def _languages() -> Json:
    return {
        "operationId": "languages",
        "summary": "List the languages and what each can be translated into. Needs no key.",
        "security": [{}],
        "responses": _responses(
            "The languages.", {"type": "array", "items": {"$ref": "#/components/schemas/Language"}}
        ),
    }


def _body(schema: str) -> Json:
    reference = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    return {
        "required": True,
        "content": {"application/json": reference, "application/x-www-form-urlencoded": reference},
    }


def _responses(description: str, schema: Json, *errors: str) -> Json:
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {
        "200": {"description": description, "content": {"application/json": {"schema": schema}}},
        **{status: {"description": _ERRORS[status], "content": error} for status in errors},
    }


def _schemas() -> Json:
    detected = {"$ref": "#/components/schemas/Detected"}
    flags = {"type": "array", "items": _TEXT}
    key = {
        "type": "string",
        "description": "The API key, unless the request has it as `Authorization: Bearer`.",
    }
    return {
        "TranslateRequest": {
            "type": "object",
            "required": ["q", "source", "target"],
            "properties": {
                "q": {
                    "description": f"At most {MAX_TEXTS} texts of {MAX_CHARACTERS} characters together.",
                    "oneOf": [_TEXT, {"type": "array", "maxItems": MAX_TEXTS, "items": _TEXT}],
                },
                "source": {
                    "type": "string",
                    "description": "A language code, or `auto`.",
                    "examples": ["pt-BR"],
                },
                "target": {"type": "string", "description": "A language code.", "examples": ["en"]},
                "format": {"type": "string", "enum": ["text", "html"], "default": "text"},
                "alternatives": {
                    "type": "integer",
                    "minimum": 0,
                    "maximum": 10,
                    "default": 0,
                    "description": "For other clients' sake: there are never any.",
                },
                "api_key": key,
            },
        },
        "DetectRequest": {
            "type": "object",
            "required": ["q"],
            "properties": {"q": _TEXT, "api_key": key},
        },
        "Translated": {
            "type": "object",
            "required": ["translatedText", "flags"],
            "additionalProperties": False,
            "properties": {
                "translatedText": {"oneOf": [_TEXT, {"type": "array", "items": _TEXT}]},
                "detectedLanguage": {
                    "description": "Only with the source `auto`.",
                    "oneOf": [detected, {"type": "array", "items": detected}],
                },
                "alternatives": {
                    "description": "Only where asked for.",
                    "type": "array",
                    "items": {"type": "array", "maxItems": 0},
                },
                "flags": {
                    "description": "What there is to say of each translation; see the documentation.",
                    "type": "array",
                    "items": {"anyOf": [_TEXT, flags]},
                },
            },
        },
        "Detected": {
            "type": "object",
            "required": ["language", "confidence"],
            "additionalProperties": False,
            "properties": {
                "language": {"type": "string", "description": "`und` where nothing can be told."},
                "confidence": {"type": "number", "minimum": 0, "maximum": 100},
            },
        },
        "Language": {
            "type": "object",
            "required": ["code", "name", "targets"],
            "additionalProperties": False,
            "properties": {
                "code": _TEXT,
                "name": {"type": "string", "description": "In English."},
                "targets": {"type": "array", "items": _TEXT},
            },
        },
        "Error": {
            "type": "object",
            "required": ["error"],
            "additionalProperties": False,
            "properties": {
                "error": {"type": "string", "description": "What is wrong and what would be right."}
            },
        },
    }
