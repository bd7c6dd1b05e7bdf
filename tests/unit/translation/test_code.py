"""Lines of code are told from what people say."""

import pytest

from translation.code import LONGEST_LINE, code_lines, is_code


def code(text: str) -> list[str]:
    return [text[start:end] for start, end in code_lines(text)]


@pytest.mark.parametrize(
    "line",
    [
        "f(x) = y;",
        "int n = f(x);",
        "Cart cart = new Cart();",
        'user.name = "Anna"',
        "a[0] = b(c)",
        "i++;",
        "def greet(name):",
        "class Cart(Base):",
        "from pathlib import Path",
        "const total = items.reduce((a, b) => a + b, 0);",
        "function add(a, b) {",
        "if (user == null) {",
        "} else {",
        "#include <stdio.h>",
        "<?php echo $name; ?>",
        'print("hello")',
        "console.log(name)",
        ".button { color: #ff0000; margin: 0 auto; }",
        '{"id": 5, "name": "Anna"}',
        '"event": "order created",',
        "SELECT name FROM customers WHERE id = 5;",
        "select * from orders",
        "INSERT INTO orders (id, total) VALUES (1, 9.99);",
        "UPDATE orders SET total = 5",
        "DROP TABLE orders;",
        "$ npm install",
        "root@shop:~# systemctl restart nginx",
        "sudo systemctl restart nginx",
        "npm install",
        "pip install example==1.2.3",
        "docker run -d -p 8080:80 example/shop:latest",
        "curl -X POST https://example.com/api",
        "cd /var/log",
        "npm ERR! code ELIFECYCLE",
        "Traceback (most recent call last):",
        'File "app.py", line 3, in <module>',
        "at com.example.shop.Cart.add(Cart.java:42)",
        "at async load (https://example.com/app.js:1:2)",
        "HTTP/1.1 404 Not Found",
        "GET /orders/5 HTTP/1.1",
    ],
)
def test_code(line: str) -> None:
    assert is_code(line)


@pytest.mark.parametrize(
    "line",
    [
        "Hello;",
        "I would like: a lamp, a table and a chair;",
        "my order = late",
        "1 lamp = 5 euros;",
        "item(s), cliente(s) e obrigado(a)",
        "Call me (please)",
        "I get an error (see below);",
        "class is over:",
        "for example:",
        "Import taxes are too high",
        "select a colour from the list",
        "Select one (or two) from here",
        "update my order please",
        "delete from my cart the second lamp",
        "git is hard",
        "npm install fails with an error",
        "make it stop",
        "cat food, please",
        "at the shop (in Lisbon) they said no",
        "from Anna, import to Spain",
        "GET me a person!",
        "<b>bold</b> text",
        "{name} has not paid",
        "[see below]",
        "double room = 80 a night, right?",
        "> Where is my order?",
        "# Problem",
        "x" * LONGEST_LINE + ";",
    ],
)
def test_what_people_say_is_no_code(line: str) -> None:
    assert not is_code(line)


def test_what_could_be_either_is_code_beside_code_only() -> None:
    assert code("import os\nfrom pathlib import Path\n\nimport taxes") == [
        "import os",
        "from pathlib import Path",
    ]
    assert code("Why does it fail?\nif (a) {\n  return b;\n}\n  What do I do?") == [
        "if (a) {",
        "return b;",
        "}",
    ]
    assert code("SELECT name\nFROM customers\nWHERE id = 5;") == [
        "SELECT name",
        "FROM customers",
        "WHERE id = 5;",
    ]


def test_whatever_is_between_fences_is_code() -> None:
    text = "Look:\n```\nwhere is my order\n\n```\nThis I typed"
    assert code(text) == ["```", "where is my order", "```"]
    assert code("```\nwhere is my order") == []


def test_places_are_those_of_the_text_without_the_space_around() -> None:
    text = "Hi\r\n\tmain();\r\n"
    assert [text[start:end] for start, end in code_lines(text)] == ["main();"]
