import assert from 'node:assert/strict'
import { test } from 'node:test'
import { introduction } from '#generate/pages/readme/readme.ts'
import { rstToMarkdown } from '#generate/pages/readme/rst.ts'

const wordsOf = (text: string, name = 'orbit'): string | undefined => introduction(text, 'README.md', name)?.words
const isOpening = (text: string): boolean | undefined => introduction(text, 'README.md', 'orbit')?.isOpening

test('a centred head in HTML gives its sentence, not its mottoes, menus and badges', () => {
  const head = `<p align="center">
  <a href="https://example.com"><picture><source srcset="a.png"><img src="a.png" alt="Orbit"></picture></a>
  <h3 align="center">a <a href="https://example.org"><img src="b.svg"></a> project</h3>
</p>
<hr>
<h3 align="center">Every probe on its way</h3>
<p align="center">Plans the burns of probes &amp; orbiters by default.</p>
<p align="center">
  <a href="https://example.com/r">Releases</a> ·
  <a href="https://example.com/d">Documentation</a> ·
  Get Help
</p>
<p align="center"><b>Powered by</b><br>&nbsp;<a href="https://example.com/p"><img src="p.png"></a></p>

## Features
`
  assert.equal(wordsOf(head), 'Plans the burns of probes & orbiters by default.')
  const menu = 'English | Deutsch | 日本語 | and several more\n\n'
  assert.equal(wordsOf(`${menu}Plans the burns of probes.`), 'Plans the burns of probes.')
})

test('a README in RDoc introduces as one in Markdown', () => {
  const text =
    '= Orbit\n\nhome :: https://orbit.org\n\n== Description\n\nOrbit plans +flights+ between bodies.\n\n  plan do\n'
  assert.equal(introduction(text, 'README.rdoc', 'orbit')?.words, 'Orbit plans `flights` between bodies.')
})

test('only what stands above the second heading, or below one that says so, introduces', () => {
  const usage = '## Usage\n\nThe planner takes a probe.\n'
  assert.equal(isOpening(`# Orbit\n\nPlans the burns of probes.\n\n${usage}`), true)
  assert.equal(wordsOf(`# Orbit\n\n${usage}`), undefined)
  for (const title of ['Introduction', '🚀 About', 'What is Orbit?', 'Overview of it', 'The Description'])
    assert.equal(
      wordsOf(`# Orbit\n\n${usage}\n## ${title}\n\nPlans burns.`.replace('burns.', 'the burns.')),
      'Plans the burns.',
    )
  assert.equal(wordsOf(`# Orbit\n\n${usage}\n## What's new\n\nPlans the burns of probes.`), undefined)
  assert.equal(isOpening('# Orbit\n\n## News\n\nWe are happy.\n\nOrbit is a planner of burns.'), true, 'by its name')
})

test('sections on sponsors, licence, contributing and installation say nothing of a project', () => {
  const words = 'Orbit is kept alive by all these backers.'
  for (const title of ['Sponsors', 'License', 'How to contribute', 'Contributing', 'Installation', 'Stay in touch'])
    assert.equal(wordsOf(`# Orbit\n\n## ${title}\n\n${words}\n\n### Gold\n\n${words}\n`), undefined, title)
})

test('a heading below an introduction is no title, and what is said of installation introduces nothing', () => {
  const text =
    '**Plans with fangs!**\n\nMany are built with it:\n\n## Install\n\n> **NOTE** Orbit uses modules of all.\n\n## Why Orbit?\n\nOrbit is a planner of burns.\n'
  assert.equal(wordsOf(text), 'Orbit is a planner of burns.')
})

test('the name of a project may hold the title of such a section', () => {
  const words = 'Checks what burns are allowed.'
  for (const title of ['license-checker', 'Security Onion', 'Installer', 'django-contact-form'])
    assert.equal(wordsOf(`# ${title}\n\n${words}\n`), words, title)
})

test('scripts that put no space between words have words', () => {
  const words = '这是一个规划探测器点火的工具。'
  assert.equal(wordsOf(`# Orbit\n\n${words}\n`), words)
})

test('definitions that are added show in no code, and code has none', () => {
  const end = '\n\n[home]: https://home.example\n'
  const open = `Orbit knows:\n\n\`\`\`\nburn()\n${'\n'.repeat(9)}`
  assert.doesNotMatch(wordsOf(`# Orbit\n\n${open}${end}`) ?? '', /home\.example/)
  const inCode = 'Plans the [burns] of probes.\n\n```\n[burns]: https://code.example\n```\n'
  assert.doesNotMatch(wordsOf(`# Orbit\n\n${inCode}`) ?? '', /code\.example/)
})

test('notes, pointers and half sentences are passed over; a quotation may say what it is', () => {
  const words = 'Plans the burns of probes.'
  for (const other of [
    '**Note: as of 3.2 this is part of the planner. Use that.**',
    '**Notice:** This is the library formerly known as apsis.',
    '> [!WARNING]\n> This is not stable at all.',
    '> **Note** This is the documentation for Orbit 3.x, if you use older ones see their own.',
    'For all of the exposed names, see `src/index.ts`.',
    'The builds show these flags of the planner:',
    'Copyright (c) 2013 to now by all of the authors.',
    '© Ada of the planner 2010',
    'Dual-licensed under Apache 2.0 or the MIT licence.',
    '⚠️ This is a work in progress ⚠️.',
    '> “Any burn you like.”',
  ])
    assert.equal(wordsOf(`# Orbit\n\n${other}\n\n${words}\n`), words, other)
  assert.equal(wordsOf(`# Orbit\n\n> ${words}\n\nIt has more to tell.`), words)
  assert.equal(wordsOf('# Orbit\n\nNotebooks are read by it.\n'), 'Notebooks are read by it.')
})

test('a sentence that announces an example or a short list is shown with it', () => {
  const list = 'Orbit is a planner that knows:\n\n- probes\n- burns'
  assert.equal(wordsOf(`# Orbit\n\n${list}\n\nMore of it.\n`), list)
  assert.equal(wordsOf(`# Orbit\n\nOrbit is a planner that knows:\n\n${'- probes and burns\n'.repeat(60)}`), undefined)
})

test('a sentence with the name comes before a motto', () => {
  assert.equal(
    wordsOf('Fast planning of burns for everybody\n\nOrbit is a planner of burns.'),
    'Orbit is a planner of burns.',
  )
  assert.equal(
    wordsOf('Fast planning of burns for everybody\n\nIt is made by some.'),
    'Fast planning of burns for everybody',
  )
})

test('what goes on with something else or holds for some readers introduces nothing; far below, a definition does', () => {
  const notes =
    '# orbit\n\n## Version 3\n\nIf you have used version 2, some things have changed.\n\nThe parser keeps its arguments.\n\n'
  assert.equal(
    wordsOf(`${notes}## Quick start\n\nThis is a small parser of options, for the usual syntax.\n`),
    'This is a small parser of options, for the usual syntax.',
  )
  // It is about its section, and this is only the first part of a list.
  assert.equal(wordsOf(notes), undefined)
  assert.equal(
    wordsOf('# orbit\n\n## Usage\n\nThis is for `core` and `clients`, which are built together.\n'),
    undefined,
  )
})

test('neither a step nor what follows it says what a project is, nor does what it is not', () => {
  const next = 'Only version 4 of orbits is supported.'
  for (const step of [
    'You need [Java](https://java.example) 17.',
    'Install the package `orbit` first.',
    'Then, run it.',
    'All you need to get started is a dependency.',
  ])
    assert.equal(wordsOf(`# orbit\n\n${step}\n\n${next}\n`), undefined, step)
  assert.equal(wordsOf('# orbit\n\nNext generation planning.\n'), 'Next generation planning.')
  assert.equal(
    wordsOf('# orbit\n\nOrbit is not made for burns of strangers.\n\nOrbit is a planner.\n'),
    'Orbit is a planner.',
  )
})

test('pictures have no words, somebody else is not the project, and a heading below a list ends its title', () => {
  const badges = Array.from({ length: 30 }, (_, n) => `![badge][badge-${n}]`).join(' ')
  const defined = Array.from({ length: 30 }, (_, n) => `[badge-${n}]: https://example.org/${n}.svg`).join('\n')
  assert.equal(wordsOf(`# orbit\n\n${badges}\n\nA planner of flights.\n\n${defined}\n`), 'A planner of flights.')
  const quoted =
    '> Orbit - the curved path of a body around another one\\\n> From orbis, a ring - https://example.org/orbit\n'
  assert.equal(wordsOf(`# orbit\n\n${quoted}\nPlans the burns of probes.\n`), 'Plans the burns of probes.')
  const listed =
    '## Highlights\n\n- Small\n\n## Contents\n\n- [Start](#start)\n\n## Start\n\nSimply include orbit.hpp and go.\n'
  assert.equal(wordsOf(listed), undefined)
  const other = '# Orbit\n\n## Related projects\n\n[Orbit UI](https://ui.example) is a window that shows probes.\n'
  assert.equal(wordsOf(other), undefined)
  assert.equal(
    wordsOf(other.replace('Orbit UI', 'Orbit')),
    '[Orbit](https://ui.example/) is a window that shows probes.',
  )
})

test('sponsors, adverts, translations and badges are never what a project is', () => {
  const words = 'Plans the burns of probes.'
  const table = `<div align="center">
<sup>Special thanks to:</sup>
<table>
  <tr><td><a href="https://warp.example"><img alt="Sponsored by Warp" src="w.png" /></a>
  <div><b>Warp, built for coding with many at once.</b></div></td></tr>
</table>
<hr />
<h1>orbit</h1>
`
  assert.equal(wordsOf(`${table}\n${words}\n\n</div>\n`), words)
  const others = [
    'Sponsored by\n\nThe fastest database in the world.\n\n# Orbit',
    'Become a sponsor of this work today.',
    'We have a community chat at Gitter.',
    'Major Sponsor: Orbit Plus.',
    'We are hiring in three cities.',
    'Show your love for orbit -- T-shirts, mugs, and stickers!',
    'Read it in English or 简体中文 or 日本語.',
    '[English](README.md) / Deutsch / Français and others',
  ]
  for (const other of others) assert.equal(wordsOf(`${other}\n\n${words}\n`), words, other)
  assert.equal(wordsOf(`# Orbit\n\n${others[1]}\n`), undefined)
  assert.equal(wordsOf('Sponsored by\n\nThe fastest database.\n\nOrbit is a planner.\n'), 'Orbit is a planner.')
  assert.equal(wordsOf('A new course is now available.\n\nOrbit is a planner.\n'), 'Orbit is a planner.')
  assert.equal(wordsOf('My::Orbit is a planner.\n', 'my-orbit'), 'My::Orbit is a planner.')
  assert.equal(wordsOf('# Orbit\n\nOrbit is a list of sponsors.\n'), 'Orbit is a list of sponsors.', 'by its name')
})

test('substitutions, roles, targets and links of reStructuredText leave their words', () => {
  const rst = `=====
orbit
=====

|pypi| |tests|_

.. _start:

|orbit| plans the :ref:\`burns of
probes <burns>\` for \`Kepler\`_ and
\`its heirs <https://e.org/heirs>\`_.

__ https://e.org/anonymous

.. |orbit| replace:: Orbit
.. |pypi| image:: https://e.org/p.svg
.. _tests: https://e.org/t
`
  assert.equal(
    introduction(rst, 'README.rst', 'orbit')?.words,
    'Orbit plans the burns of probes for Kepler and [its heirs](https://e.org/heirs).',
  )
})

test('a title of reStructuredText may be underlined with any punctuation, and code is not converted', () => {
  for (const rule of ['=====', '~~~~~', '^^^^^', '-----', '#####', '`````'])
    for (const title of [`Orbit\n${rule}`, `${rule}\nOrbit\n${rule}`])
      assert.equal(
        introduction(
          `${title}\n\nOrbit is a planner for tasks and projects.\n\nUse\n~~~~~\n\nx\n`,
          'README.rst',
          'orbit',
        )?.words,
        'Orbit is a planner for tasks and projects.',
        title,
      )
  for (const code of ['cat x |grep y|wc -l', 'for x_ in y:', 'class_;', 'Title\n    ====='])
    assert.equal(
      rstToMarkdown(`Run x_ this::\n\n    ${code}\n\nand y_ so on.`),
      `Run x this:\n\n    ${code}\n\nand y so on.`,
    )
  assert.equal(rstToMarkdown('Run this ::\n\n  a\n\n::\n\n  b\n\nDone.'), 'Run this\n\n  a\n\n\n  b\n\nDone.')
  assert.equal(
    rstToMarkdown('Run ``a |b| c`` and |b| or ``class_;`` of y_'),
    'Run ``a |b| c`` and  or ``class_;`` of y',
  )
})

test('what goes on about the project stays with its definition', () => {
  const head = '# Orbit\n\nOrbit is a planner of burns.\n\n'
  const more = 'It remembers the probes that fly most.'
  assert.equal(wordsOf(`${head}${more}\n`), `Orbit is a planner of burns.\n\n${more}`)
  assert.equal(wordsOf(`${head}Try it today.\n\n${more}\n`), 'Orbit is a planner of burns.')
})

test('addresses of badges do not push out the sentence below the name, and what is announced but not shown is left out', () => {
  const badge = `[![Publish orbit](https://x.example/${'a'.repeat(300)}.svg)](https://x.example/b)`
  const badges = `${badge}![Last publish of orbit to the registry](https://x.example/c.svg)\n\n## Contents\n\n- [Use](#use)\n\n`
  const more = `Orbit.Sub: ${badge}\n\n`.repeat(30)
  const star = '## Give a star\n\nGive us a star, please, this would help.\n\n'
  const said =
    'An implementation of an [alternative to the tables](https://x.example/) of [planets](https://y.example/).'
  assert.equal(
    introduction(`${badges}### Packages\n\n${more}${star}# Or Bit\n\n${said}\n`, 'README.md', 'orbit')?.words,
    said,
  )
  const announced =
    'Orbit is a planner of flights. It takes a body:\n\n_Note: what follows is code._\n\n```js\na\n```\n'
  assert.equal(
    introduction(`# Orbit\n\n${announced}\n## Types\n\nOrbit has types for:\n\n- a\n`, 'README.md', 'orbit')?.words,
    'Orbit is a planner of flights.',
  )
})

test('the label of commands is not what a project is, a sentence above them is', () => {
  const above = (words: string): string => `${words}\n\n\`\`\`sh\nnpm start\n\`\`\`\n`
  assert.equal(wordsOf(above('run it locally with the source files')), undefined)
  assert.equal(wordsOf(above('Plans the burns of all probes')), 'Plans the burns of all probes')
  assert.equal(wordsOf(above('plans the burns of all probes.')), 'plans the burns of all probes.')
})

test('a caption in bold above the first example introduces before what is said of one function; a definition comes first', () => {
  const caption = '# Orbit\n\n![Orbit](o.png)\n\n**Plan flights between distant bodies:**\n\n```js\nplan()\n```\n\n'
  const detail = '`.each` can only be used inside a plan, for all of its flights.\n'
  assert.equal(wordsOf(`${caption}${detail}`), 'Plan flights between distant bodies')
  assert.equal(wordsOf(`# Orbit\n\n${detail}`), undefined)
  assert.equal(wordsOf(`${caption}Orbit is a planner of flights.\n`), 'Orbit is a planner of flights.')
})

test('a banner with a title of its own and a request to readers do not introduce a project', () => {
  const ask = 'Orbit is heading towards v2 and we would love to hear what you think.'
  const said = 'Orbit is a complete solution for flights.'
  assert.equal(wordsOf(`> ## Orbit v2\n>\n> Orbit is heading towards v2 and asks.\n\n# Orbit\n\n${said}\n`), said)
  assert.equal(wordsOf(`${ask}\n\n# Orbit\n\n${said}\n`), said)
})

test('a name with a shorter one or an explanation behind it introduces, and a definition ends the thanks to others', () => {
  const short = 'Orbital, or `orbit` as short version, is a fast planner, backed by a very good clock.'
  assert.equal(wordsOf(`# Orbital\n\n[Doc](doc.md)\n| [Wiki](https://example.com)\n\n${short}\n`), short)
  const aka = '`orbit` (as in "round trip") is a planner of flights.'
  assert.equal(wordsOf(`# Orbit\n\n${aka}\n`), aka)
  assert.equal(wordsOf('# Orbit\n\n`burn` (as in "fire") is a part of it.\n'), undefined)
  const thanks =
    '<div><sup>Special thanks to:</sup><br><a href="https://example.com"><b>A terminal for everyone.</b></a></div>\n\n'
  assert.equal(
    wordsOf(`${thanks}A simple planner, written in [Go](https://go.dev/).\n`),
    'A simple planner, written in [Go](https://go.dev/).',
  )
  assert.equal(
    wordsOf(`${thanks}A simple planner of flights for probes\n<br/>\n`),
    'A simple planner of flights for probes',
  )
  assert.equal(wordsOf(`${thanks}The best sponsor there is.\n`), undefined)
})

test('a slogan does not introduce, unless there is nothing else', () => {
  for (const [source, words] of [
    ['### orbit - Supercharge your flights today!\n\nPlans the burns of probes.\n', 'Plans the burns of probes.'],
    ['# orbit\n\nSupercharge your flights today!\n\nPlans the burns of probes.\n', 'Plans the burns of probes.'],
    ['# orbit\n\nA planner that is fast!\n\nPlans the burns of probes.\n', 'A planner that is fast!'],
    ['# orbit\n\nSupercharge your flights today!\n', 'Supercharge your flights today!'],
  ] as const)
    assert.equal(wordsOf(source), words)
})
