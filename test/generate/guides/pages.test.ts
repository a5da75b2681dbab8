import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keepPictures, sizeOf } from '#generate/guides/pictures.ts'
import { renderMarkdown } from '#markdown/render.ts'
import { ATTACKS, findDangers } from '../../markdown/hostile.ts'
import { component, file } from '../pages/sample.ts'
import { guidesOf, pagesOf } from './guides-of.ts'

const png = (width: number, height: number, bytes = 60): Uint8Array => {
  const data = Buffer.alloc(bytes)
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(data)
  data.writeUInt32BE(width, 16)
  data.writeUInt32BE(height, 20)
  return new Uint8Array(data)
}

test('guides are pages of the first group, and the overview shows an example and links them', async () => {
  const { pages, tree } = await pagesOf({
    'README.md':
      '# orbit\n\nOrbit is a planner of flights.\n\n## Install\n\n```sh\nnpm i\n```\n\n## Usage\n\n```ts\nplan(1)\n```\n\nSee [the guide](docs/a.md#part-two) and [code](src/a.ts).\n',
    'docs/a.md':
      '# Planning\n\nx\n\n## Part two\n\nBack to [start](../README.md), [nowhere](gone.md), [up](../../x.md).\n',
    'src/a.ts': 'export function plan() {}\n',
  })
  assert.equal(tree[0], 'Guide')
  const overview = pages.get('overview.md') ?? ''
  assert.match(overview, /## Example\n\n```ts\nplan\(1\)\n```\n\nFrom \[README\.md\]\(guide--readme\.md\)/)
  assert.match(overview, /## Guide\n\n- \[README\]\(guide--readme\.md\)\n- \[Planning\]\(guide--docs-a\.md\)/)
  const readme = pages.get('guide--readme.md') ?? ''
  assert.match(readme, /\[the guide\]\(guide--docs-a\.md#part-two\)/)
  assert.match(readme, /\[code\]\(https:\/\/[^)]*src\/a\.ts\)/)
  assert.match(pages.get('guide--docs-a.md') ?? '', /\[start\]\(guide--readme\.md\), nowhere, up\./)
})

test('a document that is too long ends with a whole section, and says so at the top', async () => {
  const part = (name: string): string => `## ${name}\n\n\`\`\`sh\n${'run\n'.repeat(12_000)}\`\`\`\n\n`
  const { pages } = await pagesOf({
    'docs/a.md': `# Manual\n\n${['One', 'Two', 'Three', 'Four', 'Five'].map(part).join('')}`,
  })
  const text = pages.get('guide--docs-a.md') ?? ''
  assert.match(text, /^# Manual\n\nThe document is too long[^\n]*docs\/a\.md/)
  assert.deepEqual(text.match(/^## .*$/gm), ['## One', '## Two', '## Three', '## Four'])
})

test('names of code lead to their entries where they are unique, and no other word does', async () => {
  const source = file('src/a.ts', 'export class Planner {\n  run() {}\n}\nexport function other() {}\n')
  const { pages } = await pagesOf(
    { 'README.md': '# o\n\nUse `Planner`, `Planner.run()` and `other` in `a`.\n', 'src/a.ts': source.text ?? '' },
    {
      components: [
        component(source, 'Planner', { kind: 'class', doc: 'Draws the way between two bodies.' }),
        component(source, 'other'),
      ],
    },
  )
  assert.match(
    pages.get('guide--readme.md') ?? '',
    /\[`Planner`\]\([^)]*#planner\), `Planner\.run\(\)` and `other` in `a`\./,
  )
})

test('a document of nothing but links keeps them, and so does one that has them at its end', async () => {
  const { pages } = await pagesOf({
    'README.md': '# orbit\n\nOrbit plans flights.\n',
    'docs/index.md': '# Contents\n\n[Fly](fly.md) · [Land](land.md)\n',
    'docs/fly.md':
      '# Fly\n\n[Home](index.md) · [Land](land.md)\n\nFlying is easy.\n\n[See this](land.md) · [and that](index.md)\n',
    'docs/land.md': '# Land\n\nLanding is not.\n',
  })
  assert.match(pages.get('guide--docs-index.md') ?? '', /^\[Fly\]\(guide--docs-fly\.md\) · \[Land\]/m)
  const fly = pages.get('guide--docs-fly.md') ?? ''
  assert.match(fly, /Flying is easy\.\n\n\[See this\]/)
  assert.doesNotMatch(fly, /\[Home\]/)
})

test('any number of groups may have the same title', async () => {
  const numbers = Array.from({ length: 80 }, (_, number) => number)
  const { pages } = await pagesOf({
    'mkdocs.yml': `nav:\n${numbers.map((number) => `  - More:\n      - ${number}.md\n`).join('')}`,
    ...Object.fromEntries(numbers.map((number) => [`docs/${number}.md`, `# Part ${number}\n\nx\n`])),
  })
  assert.equal([...pages.keys()].filter((file) => file.startsWith('guide--group-more')).length, 80)
})

test('a menu of links says nothing, and a document of one module leads to it', async () => {
  const source = file('src/orbit/plan.py', 'def run():\n    pass\n')
  const more = ['a', 'b'].map((name) => file(`src/orbit/${name}.py`, 'x = 1\n'))
  const { pages } = await pagesOf(
    {
      'README.md': '# o\n\n[npm](https://n.example) · [yarn](https://y.example)\n\n**o** - plans all flights.\n',
      'docs/run.md':
        '# Run\n\nSee [`run`][orbit.plan.run], [the run][orbit.plan.run], [a link][orbit.site] and `[x][a.b]`.\n\n[orbit.site]: https://o.example\n',
      'docs/plan.rst': 'Plans\n=====\n\n.. automodule:: orbit.plan\n    :members:\n',
      ...Object.fromEntries([source, ...more].map(({ path, text }) => [path, text ?? ''])),
    },
    { components: [component(source, 'run')] },
  )
  const readme = pages.get('guide--readme.md') ?? ''
  assert.doesNotMatch(readme, /yarn/)
  assert.match(readme, /plans all flights/)
  assert.match(
    pages.get('guide--docs-run.md') ?? '',
    /^See \[`run`\]\([^)]+#also-defined-here\), the run, \[a link\]\(https:\/\/o\.example\/\) and `\[x\]\[a\.b\]`\.$/m,
  )
  assert.match(pages.get('guide--docs-plan.md') ?? '', /\[`orbit\.plan`\]\([^)]+#(?:orbit)?planpy\)/)
})

test('instructions for contributors are not named after their first part, and neither references to code nor drafts are guides', async () => {
  const { guides } = await guidesOf({
    'README.md': '# o\n\nPlans.\n',
    'CONTRIBUTING.md': 'Pull Requests\n-------------\n\nSend one.\n',
    'docs/contributing.md': '# How to help\n\nSend one.\n',
    'docs/time.md': '# Time\n\n::: orbit.time\n',
    'prbody.md': 'Changes a plan.\n',
  })
  assert.deepEqual([...guides.values()].map(({ path, title }) => `${path}: ${title}`).sort(), [
    'CONTRIBUTING.md: Contributing',
    'README.md: o',
    'docs/contributing.md: How to help',
  ])
})

test('pictures are kept where they are raster ones of a size to show', async () => {
  const guides = await guidesOf({
    'README.md':
      '# o\n\n![a](a.png) ![b](big.png) ![c](c.svg) ![d](wide.png) ![e](https://a.example/e.png) ![f](../f.png) ![g](not.png)\n',
    'a.png': '',
    'big.png': '',
    'c.svg': '<svg/>',
    'wide.png': '',
    'not.png': '',
  })
  const bytes: Record<string, Uint8Array> = {
    'a.png': png(20, 10),
    'big.png': png(1, 1, 2_000_000),
    'wide.png': png(60_000, 2),
    'not.png': new Uint8Array(80),
  }
  const { names, files } = await keepPictures(guides, async (path) => bytes[path])
  assert.deepEqual([...names.keys()], ['a.png'])
  assert.match([...files.keys()][0] ?? '', /^picture-[0-9a-f]{16}-20x10\.png$/)
  assert.equal(sizeOf(new Uint8Array(10)), undefined)
})

test('a page shows pictures of the set alone, notes and tabs, and nothing that runs, whatever a document holds', async () => {
  const own = ['<details>', '<summary>', '<img>']
  for (const path of ['docs/a.md', 'docs/a.mdx', 'docs/a.rst', 'docs/a.adoc']) {
    const text = ATTACKS.map((attack) => `${attack}\n\n:::note ${attack.replace(/\n/g, ' ')}\n${attack}\n:::\n`).join(
      '\n\n',
    )
    const { pages } = await pagesOf({ [path]: text, 'x.png': '' })
    for (const markdown of pages.values()) {
      const { html } = renderMarkdown(markdown)
      const dangers = findDangers(html).filter(
        (danger) => !own.includes(danger) && !/^details (?:name=tabs-\d+|open=)/.test(danger),
      )
      assert.deepEqual(dangers, [], path)
      assert.doesNotMatch(html, /<img(?! src="picture-)/)
    }
  }
})

test('the same documents give the same pages, with their pictures', async () => {
  const texts = {
    'README.md': '# a\n\n[x](docs/b.md) ![Logo](a.png)\n',
    'docs/b.md': '# b\n\n=== "x"\n\n    y\n',
    'a.png': '',
  }
  const name = 'picture-0123456789abcdef-20x10.png'
  const { pages } = await pagesOf(texts, { pictures: new Map([['a.png', name]]) })
  assert.match(pages.get('guide--readme.md') ?? '', new RegExp(`!\\[Logo\\]\\(${name}\\)`))
  assert.deepEqual([...(await pagesOf(texts)).pages], [...(await pagesOf(texts)).pages])
})

test('references of mkdocstrings lead to the entries of their names', async () => {
  const source = file('src/a.ts', 'export class Planner {}\n')
  const { pages } = await pagesOf(
    {
      'docs/api.md':
        '# API\n\nAll of it.\n\n::: Planner\n    options:\n      heading: 2\n\n::: run(int, T&&...)\n\n::: two words\n',
      'src/a.ts': source.text ?? '',
    },
    { components: [component(source, 'Planner', { kind: 'class', doc: 'Draws the way between two bodies.' })] },
  )
  const text = pages.get('guide--docs-api.md') ?? ''
  assert.match(text, /^\[`Planner`\]\([^)]*#planner\)\n\n`run\(int, T&&\.\.\.\)`\n\n::: two words$/m)
})

test('an opening that a template engine fills in describes no document', async () => {
  const texts = Object.fromEntries(
    ['{{ site.url }}', '{% link x.md %}', 'the site'].map((words, at) => [
      `docs/d${at}.md`,
      `# D${at}\n\nThis guide is about ${words} and all that it contains.\n`,
    ]),
  )
  const list = (await pagesOf(texts)).pages.get('guide--contents.md') ?? ''
  assert.deepEqual(list.match(/This guide is about .*/g), ['This guide is about the site and all that it contains.'])
})
