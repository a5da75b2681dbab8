import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RootContent } from 'mdast'
import { Includes, otherFiles } from '#generate/guides/includes.ts'
import { takeDirectives } from '#generate/guides/myst.ts'
import { stringify } from '#markdown/stringify.ts'
import { guidesOf, markdownOf, outline } from './guides-of.ts'

const shown = (text: string) => markdownOf('docs/a.rst', text)

test('sections get their levels by the order of their styles', async () => {
  const text = '=====\nTitle\n=====\n\nOne\n---\n\nx\n\nTwo\n~~~\n\ny\n\nThree\n-----\n\nz\n'
  assert.equal(await shown(text), '## One\n\nx\n\n### Two\n\ny\n\n## Three\n\nz\n')
})

test('text has its emphasis, code, links, roles and substitutions', async () => {
  const text = [
    'Title\n=====',
    'Some *words*, **loud** ones, ``code``, a `link <https://a.example/>`_, a named_ one, |sub| and :pep:`8`.',
    ':class:`~flask.Flask`, :meth:`Flask.run`, :func:`!none`, :file:`a/b`, :menuselection:`File --> New`, a\\*b, x*y.',
    '.. _named: https://b.example/\n.. |sub| replace:: *it*',
  ].join('\n\n')
  assert.equal(
    await shown(text),
    'Some _words_, **loud** ones, `code`, a [link](https://a.example/), a [named](https://b.example/) one, _it_ and [PEP 8](https://peps.python.org/pep-0008/).\n\n' +
      '`Flask`, `Flask.run()`, `none()`, `a/b`, **File → New**, a\\*b, x\\*y.\n',
  )
})

test('a line that begins with a role is text, not a field', async () => {
  assert.equal(
    await shown(
      'Title\n=====\n\n:class:`~a.Orbit` and :class:`Star` turn: at once\n:class:`Sun` too.\n\n:name x: field\n',
    ),
    '`Orbit` and `Star` turn: at once `Sun` too.\n\n- **name x**: field\n',
  )
})

test('without a role, a text with the name of code behind it is a reference to that', async () => {
  assert.equal(
    await shown('Title\n=====\n\nSee `spec.path <apispec.APISpec.path>`, `it <!a.b>` and `a <b/c>`.'),
    'See `spec.path`, `it` and `a <b/c>`.\n',
  )
})

test('footnotes and citations are shown by their labels', async () => {
  assert.equal(
    await shown('Title\n=====\n\nSee [#]_, [#note]_, [1]_, [*]_ and [Knuth]_.'),
    'See \\[#], \\[note], \\[1], \\[\\*] and \\[Knuth].\n',
  )
})

test('lists, definitions, literal blocks, doctests, tables and quotes are what they are', async () => {
  const text = [
    'Title\n=====',
    '- one\n  more\n- two\n\n  1. a\n  2. b',
    'term\n    What it means.\n\nother\n    Else.',
    'Code::\n\n    $ run\n    it',
    '>>> 1 + 1\n2',
    '=====  =====\na      b\n=====  =====\n1      two\n=====  =====',
    '+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n+---+---+',
    '    Quoted.',
  ].join('\n\n')
  assert.equal(
    await shown(text),
    [
      '- one more\n- two\n  1. a\n  2. b',
      '* **term**\n\n  What it means.\n* **other**\n\n  Else.',
      'Code:',
      '```console\n$ run\nit\n```',
      '```python\n>>> 1 + 1\n2\n```',
      '| a | b |\n| - | - |\n| 1 | two |',
      '| a | b |\n| - | - |\n| 1 | 2 |',
      '> Quoted.\n',
    ].join('\n\n'),
  )
})

test('a list with letters starts where its text refers to, and classifiers are shown beside their term', async () => {
  for (const [list, start] of [
    ['c. x\nd. y', 3],
    ['(B) x\n(C) y', 2],
    ['i. x\nii. y', 1],
    ['iv. x\nv. y', 1],
    ['7) x\n8) y', 7],
    ['#. x\n#. y', 1],
  ] as const) {
    assert.equal(await shown(`Title\n=====\n\n${list}`), `${start}. x\n${start + 1}. y\n`)
  }
  assert.equal(
    await shown('Title\n=====\n\nburns : int : optional\n    How many.\n\n-b, --burns  How many.'),
    '- **burns** : _int_ : _optional_\n\n  How many.\n- `-b, --burns`\n\n  How many.\n',
  )
})

test('tables keep all their text', async () => {
  const of = async (...blocks: string[]): Promise<string> =>
    (await shown(['Title\n=====', ...blocks].join('\n\n'))).trimEnd()
  const list = [
    '.. list-table:: *All*\n    :header-rows: 1\n    :stub-columns: 1\n',
    '    - - Name\n      - ``x`` or\n        **y**\n      -',
    '    - - a\n      - One.\n\n        * two\n        * three\n      - -',
  ]
  assert.equal(
    await of(list.join('\n')),
    '**_All_**\n\n| Name | `x` or **y** | |\n| - | - | - |\n| **a** | One. • two • three | - |',
  )
  assert.equal(await of('.. list-table::\n\n   Not a list.'), 'Not a list.')
  assert.equal(
    await of('.. csv-table:: T\n   :header: a;b\n   :delim: ;\n\n   1;"2;3"'),
    '**T**\n\n| a | b |\n| - | - |\n| 1 | 2;3 |',
  )
  assert.match(await of('.. csv-table::\n   :file: none.csv'), /`none\.csv`/)
  assert.equal(
    await of('+---+---+\n| a | b |\n+===+===+\n| both  |\n+---+---+\n| c | d |\n|   +---+\n| e | f |\n+---+---+'),
    '| a | b |\n| - | - |\n| both | |\n| c e | d |\n| | f |',
  )
  assert.equal(
    await of('===  ===\na    b\n===  ===\nover-both\n1    2\n===  ==='),
    '| a | b |\n| - | - |\n| over-both | |\n| 1 | 2 |',
  )
  assert.equal(await of('.. rst-class:: wide\n\n   Words.'), 'Words.')
})

test('directives are notes, code, tabs and signatures; raw HTML and what would run are left out', async () => {
  const text = [
    'Title\n=====',
    '.. note:: Short.',
    '.. code-block:: python\n   :caption: x\n\n   a = 1',
    '.. click:example::\n\n   @click.command()\n   def hello(): ...',
    '.. versionadded:: 2.0\n   Now.',
    '.. raw:: html\n\n   <script>alert(1)</script>',
    '.. jupyter-execute::\n\n   import os',
    '.. a remark\n   over lines',
    '.. tabs::\n\n   .. tab:: One\n\n      x\n\n   .. tab:: Two\n\n      y',
    '.. py:function:: run(a)\n\n   Runs.',
  ].join('\n\n')
  const markdown = await shown(text)
  assert.doesNotMatch(markdown, /script|import os|remark/)
  assert.match(markdown, /> \[!NOTE\]\n> Short\./)
  assert.match(markdown, /```python\na = 1\n```/)
  assert.match(markdown, /```python\n@click/)
  assert.match(markdown, /_Added in version 2\.0_: Now\./)
  assert.match(markdown, /<summary>One<\/summary>\n\nx\n/)
  assert.match(markdown, /- `run\(a\)`\n\n {2}Runs\./)
})

test('references lead to documents and sections, with their titles where none is given', async () => {
  const { guides, order } = await guidesOf({
    'docs/conf.py': 'project = "x"\n',
    'docs/index.rst':
      'Home\n====\n\n.. toctree::\n   :caption: First\n\n   b\n   Own title <a>\n\n.. toctree::\n   :caption: Second\n\n   index\n   gone\n',
    'docs/a.rst':
      'A\n=\n\n.. toctree::\n\n   b\n   index\n\nSee :doc:`/b`, :ref:`here` and :ref:`words <here>`, :doc:`../../../etc/passwd`.\n',
    'docs/b.rst': 'Bee\n===\n\n.. _here:\n\nSection\n-------\n\nx\n',
  })
  // What is nothing but a table of contents has no page; the navigation goes on below it.
  assert.equal(outline(order), 'Bee, Own title')
  const links = JSON.stringify(guides.get('docs/a.rst')?.blocks)
  assert.match(links, /"value":"Bee".*?"place":\{"path":"docs\/b\.rst","anchor":null\}/)
  assert.match(links, /"value":"Section".*?"anchor":"here"/)
  assert.match(links, /"value":"words".*?"anchor":"here"/)
  assert.doesNotMatch(links, /"path":"[^"]*passwd/)
})

test('includes stay in the repository, and one of itself ends', async () => {
  const markdown = await markdownOf(
    'docs/a.rst',
    'Ape\n===\n\n.. include:: b.rst\n\n.. literalinclude:: ../x.py\n   :lines: 2\n\n.. include:: /etc/passwd\n',
    {
      'docs/b.rst': 'Taken.\n\n.. include:: b.rst\n\n.. include:: a.rst\n',
      'x.py': 'a = 1\nb = 2\n',
    },
  )
  assert.match(markdown, /^Taken\./)
  assert.match(markdown, /```python\nb = 2\n```/)
  assert.match(markdown, /`\/etc\/passwd`/)
})

test('an object of a Python file is found by its whole name', async () => {
  const markdown = await markdownOf('docs/a.rst', 'Ape\n===\n\n.. literalinclude:: ../x.py\n   :pyobject: Plan\n', {
    'x.py': 'class PlanBase:\n    a = 1\n\n\nclass Plan:\n    b = 2\n',
  })
  assert.match(markdown, /```python\nclass Plan:\n {4}b = 2\n```/)
})

test('an object of a Python file has its decorators and comments, and is not a method of the same name', async () => {
  const x =
    'class A:\n    def run(self): ...\n\n\nif True:\n    @cached\n    def run():\n# now\n        return 1\n\n# Next.\nx = 1\n'
  const markdown = await markdownOf('a.rst', 'Ape\n===\n\n.. literalinclude:: x.py\n   :pyobject: run\n', { 'x.py': x })
  assert.equal(markdown.trim(), '```python\n    @cached\n    def run():\n# now\n        return 1\n```')
})

test('a part of a file may be a method, and end at a marker or line; line numbers count within the part', async () => {
  const x =
    'class A:\n    def run(self): ...\n\n\nclass B:\n    def run(\n        self,\n    ):\n        return 2\n\n\nx = 1\n'
  for (const [options, shown] of [
    [':pyobject: B.run', 'def run(\n    self,\n):\n    return 2'],
    [':pyobject: B\n   :lines: 1-2', 'class B:\n    def run('],
    [':start-at: class B\n   :end-at: def run', 'class B:\n    def run('],
  ])
    assert.equal(
      (await markdownOf('a.rst', `Ape\n===\n\n.. literalinclude:: x.py\n   ${options}\n`, { 'x.py': x })).trim(),
      `\`\`\`python\n${shown}\n\`\`\``,
    )
  const lines = 'Ape\n===\n\n.. include:: b.txt\n   :literal:\n   :start-line: 1\n   :end-line: 2\n'
  assert.equal((await markdownOf('a.rst', lines, { 'b.txt': 'a\nb\nc\n' })).trim(), '```\nb\n```')
})

test('MyST has the same directives in Markdown', async () => {
  const { guides, order } = await guidesOf({
    'docs/conf.py': '',
    'docs/index.md': '# Home\n\n```{toctree}\n:caption: First\n\nb\na\n```\n\n```{code-block} python\nx = 1\n```\n',
    'docs/a.md': '# A\n\nx\n',
    'docs/b.md': '# B\n\nx\n',
  })
  assert.equal(outline(order), 'Home, B, A')
  // Its contents are listed where they stand, with the titles of the documents.
  assert.equal(stringify(guides.get('docs/index.md')?.blocks ?? []).trim(), '- [B]()\n- [A]()\n\n```python\nx = 1\n```')
  const hidden = await markdownOf('docs/c.rst', 'Cee\n===\n\n.. toctree::\n   :hidden:\n\n   d\n\nx\n', {
    'docs/d.rst': 'D\n=\n\nx\n',
  })
  assert.equal(hidden.trim(), 'x')
  assert.equal((await markdownOf('docs/f.md', '{.hide-header}\n# F\n\nx\n')).trim(), 'x')
  for (const [call, shown] of [
    ['invoke(hello)', '$ hello'],
    ["invoke(say_hello, args=['--help'], prog_name='python hello.py')", '$ python hello.py --help'],
    [`invoke(hello, ["--name", "Ann O'Hara"], input='y')`, `$ hello --name 'Ann O'"'"'Hara'`],
    ["println()\ninvoke(hello, input=['a'])", '$ hello'],
    ["invoke(hello, args=names, env={'A': 'b'})", ''],
    ['invoke(hello, args=[name])', ''],
  ]) {
    const lines = call?.split('\n').map((line) => `    ${line}\n`)
    const run = await markdownOf('docs/e.rst', `Eee\n===\n\nx\n\n.. click:run::\n\n${lines?.join('')}`)
    assert.equal(run.trim(), shown === '' ? 'x' : `x\n\n\`\`\`console\n${shown}\n\`\`\``)
  }
})

test('directives of MyST are replaced in included files, too, which may include themselves', () => {
  const blocks: RootContent[] = [{ type: 'code', lang: '{include}', meta: 'parts/p.md', value: '' }]
  const asked: string[] = []
  const files = otherFiles((path) => {
    asked.push(path)
    return path === 'docs/parts/p.md' ? 'text' : null
  })
  takeDirectives(blocks, 'docs/a.md', new Includes(files), () => [
    { type: 'code', lang: '{code-block}', meta: 'rust', value: 'fn a() {}' },
    { type: 'code', lang: '{include}', meta: 'q.md', value: '' },
  ])
  assert.deepEqual(blocks[0], { type: 'code', lang: 'rust', value: 'fn a() {}' })
  assert.ok(asked.includes('docs/parts/q.md'))
})

test('MyST has options between lines, and Markdown in its directives', async () => {
  const { guides } = await guidesOf({
    'docs/conf.py': '',
    'docs/index.md': [
      '# Home\n\n```{code-block} python\n---\nlineno-start: 3\n---\nx = 1\n```',
      '```{list-table}\n* - [x](https://e.org/b) and `y`\n  - {func}`go`\n```\n',
    ].join('\n\n'),
  })
  const blocks = JSON.stringify(guides.get('docs/index.md')?.blocks)
  assert.match(blocks, /^\[\{"type":"code","lang":"python","value":"x = 1"\}/)
  assert.match(blocks, /\{"type":"link","url":"https:\/\/e.org\/b"[^[]*\[\{"type":"text","value":"x"\}\]/)
  assert.match(blocks, /\{"type":"inlineCode","value":"y"/)
  assert.doesNotMatch(blocks, /\{func\}/)
})

test('hostile text takes linear time', async () => {
  for (const text of [
    '*a '.repeat(10_000),
    '`a '.repeat(10_000),
    '.. x::\n'.repeat(6_000),
    '- '.repeat(10_000),
    'a\n b\n'.repeat(6_000),
    '| a\n'.repeat(6_000),
    '=\n'.repeat(10_000),
  ])
    assert.ok((await guidesOf({ 'docs/a.rst': text })).order.length <= 1)
})

test('definitions are not read out of code, tabs go to the next multiple of eight, and characters have codes', async () => {
  const text = [
    'Title\n=====',
    '`One`__ and `two`__, |copy| |no| 2020.',
    'Example::',
    '    __ = translate',
    '- Item:\n\n  .. code:: python\n\n     __ = translate',
    '::\n\n        eight\n    \ttab',
    '__ https://one.example/\n__ https://two.example/',
    '.. |copy| unicode:: 0xA9 .. copyright\n.. |no| unicode:: U+2116',
  ].join('\n\n')
  const markdown = await shown(text)
  assert.match(markdown, /^\[One\]\(https:\/\/one\.example\/\) and \[two\]\(https:\/\/two\.example\/\), © № 2020\.$/m)
  assert.match(markdown, /^eight\ntab$/m)
})
