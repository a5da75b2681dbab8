import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cleaned } from '#generate/analyse/python/docs.ts'
import { toMarkdown } from '#generate/analyse/python/rest.ts'

const markdown = (text: string): string => toMarkdown(cleaned(text))

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

test('only roles that refer to Python take signs before a name for marks', () => {
  const written = {
    'Load the nearest :file:`.env` and :file:`~/.flaskenv`.': 'Load the nearest `.env` and `~/.flaskenv`.',
    ':code:`a <b>`, :command:`!x`, :samp:`.{name}`': '`a <b>`, `!x`, `.{name}`',
    ':doc:`.hidden`, :doc:`a guide </start>`, :ref:`!none`': '`.hidden`, `a guide`, `none`',
    ':py:class:`~.Flask`, :class:`!Gone`, :attr:`the .x <.C.x>`':
      '[`Flask`](symbol:.Flask), `Gone`, [the .x](symbol:.C.x)',
    'Names in openhands.session.__init__ and __all__': 'Names in `openhands.session.__init__` and `__all__`',
  }
  for (const [rest, expected] of Object.entries(written)) assert.equal(markdown(rest), expected)
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
      '*Deprecated since version 2.0.*',
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

test('writes the fields of Sphinx as lists', () => {
  assert.equal(
    markdown(
      ':param str name: the name,\n    long\n:param other: x\n:type other: int | None\n:returns: it\n:rtype: str\n:raises ValueError: when not',
    ),
    '**Parameters**\n\n- `name` (`str`): the name, long\n- `other` (int | None): x\n\n**Returns:** `str`: it\n\n**Raises**\n\n- `ValueError`: when not',
  )
})

test('writes the sections of Google and NumPy as lists', () => {
  const list = '**Parameters**\n\n- `a` (`int`): first more\n- `b`: second\n\n**Returns:** `str`: it'
  assert.equal(
    markdown('T.\n\nArgs:\n    a (int): first\n        more\n    b: second\n\nReturns:\n    str: it'),
    `T.\n\n${list.replace('`str`: it', 'str: it')}`,
  )
  assert.equal(
    markdown(
      'T.\n\nParameters\n----------\na : int\n    first\n    more\nb\n    second\n\nReturns\n-------\nstr\n    it',
    ),
    `T.\n\n${list}`,
  )
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
