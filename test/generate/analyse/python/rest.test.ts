import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cleaned } from '#generate/analyse/python/docs.ts'
import { readDocstring } from '#generate/analyse/python/rest.ts'
import { code, substitutions, withSubstitutions } from '#generate/analyse/python/rest-inline.ts'
import type { DocDetails } from '#generate/model.ts'

const markdown = (text: string): string => readDocstring(cleaned(text)).text
const partsOf = (text: string): DocDetails => readDocstring(cleaned(text)).details

test('removes indentation as inspect.cleandoc does', () => {
  assert.equal(cleaned('\n    A.\n\n      B\n    C  \n    '), 'A.\n\n  B\nC')
})

test('writes roles, literals and links of reStructuredText in Markdown', () => {
  assert.equal(
    markdown(
      'See :class:`~flask.Flask`, :meth:`.run`, ``x = 1``, `name`_ and `docs <https://e.org/a>`_ in __init__ of <id>.',
    ),
    'See [`Flask`](symbol:flask.Flask), [`run`](symbol:.run), `x = 1`, name and [docs](https://e.org/a) in `__init__` of \\<id>.',
  )
})

test('cross-references of mkdocstrings link to what they name', () => {
  assert.equal(
    markdown('See [`run()`][flask.Flask.run] and [the app][flask.Flask], not [a][b], x[0][a.b] or `[a][b.c]`.'),
    'See [`run()`](symbol:flask.Flask.run) and [the app](symbol:flask.Flask), not [a][b], x[0][a.b] or `[a][b.c]`.',
  )
})

test('an indented block that an example leads to keeps its lines', () => {
  const text =
    'Masks magics. For example,\n\n    %plot inline\n    "a"\n\nbecomes\n\n    b"2"\n    "a"\n\nIn a quote:\n\n    words\n    go on'
  const fence = '```'
  assert.equal(
    markdown(text),
    `Masks magics. For example,\n\n${fence}\n%plot inline\n"a"\n${fence}\n\nbecomes\n\n${fence}\nb"2"\n"a"\n${fence}\n\nIn a quote:\n\nwords\ngo on`,
  )
})

test('a definition that a docstring describes is shown, and a ruled title is not', () => {
  assert.equal(
    markdown('It needs this:\n\n.. class:: Client\n\n    .. py:method:: set(key[, time])\n\n        Stores.\n\nA.'),
    'It needs this:\n\n`Client`\n\n`set(key[, time])`\n\nStores.\n\nA.',
  )
  assert.equal(markdown('Settings.\n\n-- Paths -------------\n\nMore.'), 'Settings.\n\nMore.')
})

test('references to what the file defines are replaced by it', () => {
  const words = substitutions(
    '.. |Plan| replace:: :class:`~orbit.Plan`\n.. |loop| replace::\n   a loop\n.. |none| image:: a\n',
  )
  assert.equal(
    withSubstitutions('|Plan|, |loop|_ and |none| of a|loop|b', words),
    ':class:`~orbit.Plan`, a loop and |none| of a|loop|b',
  )
})

test('a backslash behind markup only ends it', () => {
  assert.equal(
    markdown('All :class:`Option`\\s and ``x``\\s, but \\d and `a\\b`.'),
    'All [`Option`](symbol:Option)s and `x`s, but \\d and `a\\b`.',
  )
  assert.equal(markdown('All of ``\\r``.'), 'All of `\\r`.')
})

test('only roles that refer to Python take signs before a name for marks', () => {
  const written = {
    'Load the nearest :file:`.env` and :file:`~/.flaskenv`.': 'Load the nearest `.env` and `~/.flaskenv`.',
    ':code:`a <b>`, :command:`!x`, :samp:`.{name}`': '`a <b>`, `!x`, `.{name}`',
    ':doc:`.hidden`, :doc:`a guide </start>`, :ref:`!none`': '`.hidden`, a guide, `none`',
    ':py:class:`~.Flask`, :class:`!Gone`, :attr:`the .x <.C.x>`':
      '[`Flask`](symbol:.Flask), `Gone`, [the .x](symbol:.C.x)',
    'The :class:`Arrow <arrow.parser.DateTimeParser>` class':
      'The [`DateTimeParser`](symbol:arrow.parser.DateTimeParser) class',
    'Many :class:`Fields <a.Field>` of `a.b <pkg.A.b>`, `all of it <pkg.A>` and `x <y z>`.':
      'Many [`Fields`](symbol:a.Field) of [`a.b`](symbol:pkg.A.b), [all of it](symbol:pkg.A) and `x <y z>`.',
    'Names in openhands.session.__init__ and __all__': 'Names in `openhands.session.__init__` and `__all__`',
  }
  for (const [rest, expected] of Object.entries(written)) assert.equal(markdown(rest), expected)
})

test('a role, a literal or a link may run over the end of a line', () => {
  assert.equal(
    markdown(`
    Sets the result of a :ref:\`flight
    plan <flight_plans>\`, by :meth:\`plan(from, to)
    <.Planner.plan>\` or \`the
    site <https://e.org/a>\`_.

    - An item of \`\`two
      words\`\`
    - One \` alone
      stays.
    `),
    [
      'Sets the result of a flight plan, by [`plan(from, to)`](symbol:.Planner.plan) or [the site](https://e.org/a).',
      '',
      '- An item of `two words`',
      '- One ` alone',
      '  stays.',
    ].join('\n'),
  )
})

test('writes notes of MkDocs as those of Sphinx', () => {
  const text = `
    Text.

    !!! note

        Careful.
    !!! warning "Slow"
        Very.
    `
  assert.equal(markdown(text), 'Text.\n\n> **Note:** Careful.\n\n> **Slow:** Very.')
})

test('writes version marks, notes and code blocks', () => {
  assert.equal(
    markdown(`
    Text::

        code here

    .. versionchanged:: 1.1
        Now :func:\`f\`.
    .. deprecated:: 2.0
    .. note:: Careful.

       Second.
    .. code-block:: python
       :caption: x

       a = 1
    .. a comment
    `),
    [
      'Text:',
      '',
      '```',
      'code here',
      '```',
      '',
      '*Changed in version 1.1:* Now [`f`](symbol:f).',
      '',
      '> **Note:** Careful.',
      '>',
      '> Second.',
      '',
      '```python',
      'a = 1',
      '```',
    ].join('\n'),
  )
})

const returns = [{ name: '', type: 'str', text: 'it' }]

test('the fields of Sphinx are parts of their own', () => {
  assert.deepEqual(
    partsOf(
      ':param str name: the name,\n    long\n:param other: x\n:type other: int | None\n:returns: it\n:rtype: str\n:raises ValueError: when not',
    ),
    {
      parameters: [
        { name: 'name', type: 'str', text: 'the name, long' },
        { name: 'other', type: 'int | None', text: 'x' },
      ],
      returns,
      raises: [{ name: 'ValueError', type: '', text: 'when not' }],
    },
  )
})

test('so are the sections of Google and NumPy', () => {
  const parameters = [
    { name: 'a', type: 'int', text: 'first more' },
    { name: 'b', type: '', text: 'second' },
  ]
  const google = 'T.\n\nArgs:\n    a (int, optional): first\n        more\n    b: second\n\nReturns:\n    str: it'
  const numpy =
    'T.\n\nParameters\n----------\na : int\n    first\n    more\nb\n    second\n\nReturns\n-------\nstr\n    it'
  for (const text of [google, numpy]) {
    assert.equal(markdown(text), 'T.')
    assert.deepEqual(partsOf(text), { parameters, returns })
  }
  assert.deepEqual(partsOf('T.\n\nReturns:\n    The thing: it is.'), {
    returns: [{ name: '', type: '', text: 'The thing: it is.' }],
  })
})

test('the default and the words behind a type of NumPy style are no type, and sentences are no parameters', () => {
  const head = 'T.\n\nParameters\n----------\n'
  const cases: [string, string, string, string?][] = [
    ['a  : int, optional [default: 3].', 'int', '[default: 3].'],
    ['a : [default: b.c].', '', '[default: b.c].'],
    ['a : str, required. A token\n    [default: x].', 'str', 'A token [default: x].'],
    ['a : list (default: b[1:])\n    first', 'list', '(default: b[1:]) first'],
    ["a : {'b', 'c'}, optional, default 'b'", "{'b', 'c'}", "default 'b'"],
    ['a : dict[str, int], optional\n    first', 'dict[str, int]', 'first'],
    ['a : optional int', 'int', ''],
    ['a : :class:`~orbit.Plan`, :py:obj:`loop <orbit.Loop>` or `int`', 'Plan, loop or int', ''],
    [
      'a : int, str, or list of any of those\n    types, optional\n    first',
      'int, str, or list of any of those types',
      'first',
    ],
    ['a : int\n    first\na\n    second', 'int', 'first second'],
    [
      'a : float, optional.\n  first\n\nSee the plan for other parameters.',
      'float',
      'first',
      'See the plan for other parameters.',
    ],
  ]
  for (const [body, type, text, prose] of cases) {
    assert.deepEqual(partsOf(head + body), { parameters: [{ name: 'a', type, text }] }, body)
    assert.equal(markdown(head + body), prose === undefined ? 'T.' : `T.\n\n${prose}`, body)
  }
  assert.deepEqual(partsOf(`${head.replace('ers\n', 'ers (internal use only)\n')}a, *b : int`), {
    parameters: [
      { name: 'a', type: 'int', text: '' },
      { name: '*b', type: 'int', text: '' },
    ],
  })
})

test('version marks of the whole say since when, and that it is deprecated', () => {
  assert.deepEqual(partsOf('T.\n\n..  versionadded:: 1.0\n\n.. deprecated:: 2.0\n    Use x.'), {
    since: '1.0',
    deprecated: 'Since version 2.0. Use x.',
  })
})

test('keeps Markdown and doctests, and ends on any text', () => {
  assert.equal(
    markdown('A\n\n```py\nx <y>\n```\n\n- one\n- two\n  more'),
    'A\n\n```py\nx <y>\n```\n\n- one\n- two\n  more',
  )
  assert.equal(markdown('A:\n\n    >>> f()\n    1\n\nB'), 'A:\n\n```pycon\n>>> f()\n1\n```\n\nB')
  for (const odd of [
    '`'.repeat(5_000),
    ':a'.repeat(5_000),
    '.. '.repeat(5_000),
    '::\n'.repeat(2_000),
    '*'.repeat(9_000),
    '[`<'.repeat(3_000),
  ]) {
    assert.equal(typeof markdown(odd), 'string')
  }
})

test('attributes that directives of a class describe are its fields; sections that lead elsewhere are no text', () => {
  const text =
    'Settings.\n\n.. attribute:: policy\n   :type: Policy | None\n\n     What to do\n     then.\n\n     Default: ``WARN``\n\n' +
    '.. py:attribute:: name\n\n   Its name.\n\n.. attribute:: bare\n\nMore.\n\nSee Also\n--------\n:func:`other`'
  assert.equal(markdown(text), 'Settings.\n\nMore.')
  assert.deepEqual(partsOf(text), {
    fields: [
      { name: 'policy', type: 'Policy | None', text: 'What to do\nthen.\n\nDefault: `WARN`' },
      { name: 'name', type: '', text: 'Its name.' },
      { name: 'bare', type: '', text: '' },
    ],
    see: ['[`other`](symbol:other)'],
  })
})

test('statements, trees and drawings keep their lines', () => {
  assert.equal(
    markdown(
      'orbit = Orbit("x")\n\nassert orbit.a == 1\nassert orbit.b(2).c is None\n\nAn orbit = (as said)\nof a body.',
    ),
    '```python\norbit = Orbit("x")\n```\n\n```python\nassert orbit.a == 1\nassert orbit.b(2).c is None\n```\n\nAn orbit = (as said)\nof a body.',
  )
  assert.equal(
    markdown('Errors:\n\n* Base\n  x Late\n    · Timeout'),
    'Errors:\n\n```\n* Base\n  x Late\n    · Timeout\n```',
  )
  assert.equal(
    markdown('The parts:\n\n   orbit://a@b\n [scheme]     [name]\n        [    all   ]'),
    'The parts:\n\n```\n  orbit://a@b\n[scheme]     [name]\n       [    all   ]\n```',
  )
})

test('a note of deprecation on one parameter is not on the whole', () => {
  const doc = 'Plans.\n\n.. deprecated:: 1.2\n   The ``start`` parameter will be removed.\n'
  assert.equal(partsOf(doc).deprecated, undefined)
  assert.match(markdown(doc), /\*Deprecated since version 1\.2:\* The `start` parameter/)
  assert.equal(partsOf('Plans.\n\n.. deprecated:: 1.2\n   Use ``fly``.\n').deprecated, 'Since version 1.2. Use `fly`.')
})

test('the fence of an example is longer than those in its text', () => {
  assert.equal(
    markdown('Like this::\n\n    ```\n    ~~~~\n    ````\n\nEnd.'),
    'Like this:\n\n`````\n```\n~~~~\n````\n`````\n\nEnd.',
  )
})

test('a code span has more backticks around it than in a row within it', () => {
  assert.equal(code('a'), '`a`')
  assert.equal(code('a`b'), '`` a`b ``')
  assert.equal(code('a``b'), '``` a``b ```')
})

test('a Markdown fence is closed by one of its length', () => {
  for (const [text, expected] of [
    ['~~~~python\nx = 1\n~~~~\n\nAfter.', '~~~~python\nx = 1\n~~~~\n\nAfter.'],
    ['````md\n```py\nx\n```\n````\n\nAfter.', '````md\n```py\nx\n```\n````\n\nAfter.'],
    ['```py\nx\n````\n\nAfter.', '```py\nx\n```\n\nAfter.'],
    ['```py\nopen', '```py\nopen\n```'],
    ['```pip install x```\n\nAfter.', '`pip install x`\n\nAfter.'],
    ['Run ```a b``` now, ``` x`y ``` and\n`c`.', 'Run `a b` now, `` x`y `` and\n`c`.'],
  ] as const)
    assert.equal(markdown(text), expected)
})

test('a version directive without a version has a note alone; options of a code block are not code', () => {
  assert.equal(partsOf('A.\n\n.. deprecated:: Use x instead.').deprecated, 'Use x instead.')
  assert.equal(partsOf('A.\n\n.. deprecated:: 2.0 Use x instead.').deprecated, 'Since version 2.0. Use x instead.')
  assert.equal(markdown('.. versionchanged:: Runs twice.'), '*Changed:* Runs twice.')
  assert.equal(markdown('.. versionchanged:: next'), '*Changed in version next.*')
  assert.equal(markdown('A.\n\n.. code-block:: python\n   :linenos:\n\nB.'), 'A.\n\nB.')
})

test('parameters before dashes are listed without an indentation too, and neither the object nor nothing is told', () => {
  const doc =
    'Plans.\n\nKeyword Arguments:\nself  -- This object.\nroute -- Where\n         it goes.\n\nReturn Value:\nNothing.\n'
  assert.deepEqual(partsOf(doc), { parameters: [{ name: 'route', type: '', text: 'Where it goes.' }] })
  assert.equal(markdown(doc), 'Plans.')
  assert.deepEqual(partsOf('Plans.\n\nReturn Value:\nThe plan.\nIt is new.\n\nEnd.').returns, [
    { name: '', type: '', text: 'The plan.\nIt is new.' },
  ])
})
