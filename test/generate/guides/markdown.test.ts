import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stringify } from '#markdown/stringify.ts'
import { guidesOf, markdownOf, outline, pagesOf } from './guides-of.ts'

const shown = (text: string, path = 'docs/a.md') => markdownOf(path, text)

test('notes of all the common tools are quotes with the mark of their kind', async () => {
  const forms = [
    '!!! warning "Own title"\n\n    Take care.\n',
    ':::warning[Own title]\nTake care.\n:::\n',
    '::: warning Own title\nTake care.\n:::\n',
    '{% hint style="warning" title="Own title" %}\nTake care.\n{% endhint %}\n',
    '<Callout type="warning" title="Own title">\n\nTake care.\n\n</Callout>\n',
    '```{warning} Own title\nTake care.\n```\n',
    '> [!WARNING] Own title\n> Take care.\n',
  ]
  for (const form of forms)
    assert.equal(await shown(`# A\n\n${form}`), '> [!WARNING]\n> **Own title**\n>\n> Take care.\n', form)
  assert.equal(await shown('# A\n\n> **Note**\n> Take care.\n'), '> [!NOTE]\n> Take care.\n')
  assert.equal(await shown('# A\n\n:::danger\nTake care.\n:::\n'), '> [!CAUTION]\n> **Danger**\n>\n> Take care.\n')
})

test('a note within a list, and one within a note, stand where they were written', async () => {
  const list = await shown('# A\n\n1. One\n\n    !!! note\n        Within.\n\n2. Two\n')
  assert.equal(list, '1. One\n\n   > [!NOTE]\n   > Within.\n\n2. Two\n')
  const nested = await shown('# A\n\n::::note\nOuter.\n\n:::tip\nInner.\n:::\n::::\n')
  assert.equal(nested, '> [!NOTE]\n> Outer.\n>\n> > [!TIP]\n> > Inner.\n')
})

test('tabs of the common tools are parts of one name, of which the first is open', async () => {
  const expected =
    '<details name="tabs-1" open>\n<summary>npm</summary>\n\nOne.\n\n</details>\n\n<details name="tabs-1">\n<summary>yarn</summary>\n\nTwo.\n\n</details>\n'
  const forms = [
    '=== "npm"\n\n    One.\n\n=== "yarn"\n\n    Two.\n',
    '<Tabs>\n  <TabItem value="a" label="npm">\n\nOne.\n\n  </TabItem>\n  <TabItem value="b" label="yarn">\n\nTwo.\n\n  </TabItem>\n</Tabs>\n',
    '{% tabs %}\n{% tab title="npm" %}\nOne.\n{% endtab %}\n{% tab title="yarn" %}\nTwo.\n{% endtab %}\n{% endtabs %}\n',
  ]
  for (const form of forms) assert.equal(await shown(`# A\n\n${form}`), expected, form)
  const group = await shown('# A\n\n::: code-group\n```sh [npm]\nnpm i\n```\n```sh [yarn]\nyarn add\n```\n:::\n')
  assert.match(group, /<summary>npm<\/summary>\n\n```sh\nnpm i\n```\n\n<\/details>/)
})

test('a third tab and a note after tabs keep their contents, and so does what follows an empty part', async () => {
  const tab = (name: string): string => `=== "${name}"\n\n    Words of ${name}.\n\n`
  const four = await shown(`# A\n\n${['a', 'b', 'c', 'd'].map(tab).join('')}`)
  assert.deepEqual(
    four.match(/<summary>\w|Words of \w/g),
    ['a', 'b', 'c', 'd'].flatMap((name) => [`<summary>${name}`, `Words of ${name}`]),
  )
  assert.equal(four.match(/ open>/g)?.length, 1)
  assert.match(await shown(`# A\n\n${tab('a')}${tab('b')}!!! note\n    Within.\n`), /> \[!NOTE\]\n> Within\.\n$/)
  assert.equal(await shown('::: code-group\n:::\n\n!!! note\n    Within.\n'), '> [!NOTE]\n> Within.\n')
})

test('prose that begins with import or export stays, and a statement of a module ends with its brackets', async () => {
  for (const prose of [
    "The bundler follows every\nimport statement that it's given and reports\nmissing files.",
    'Use the dialog to\nexport default values for the form.',
    "import statements that aren't used are removed.",
    'export const values as JSON.',
  ])
    assert.equal(await shown(`# A\n\n${prose}\n\nWords.\n`), `${prose.replaceAll('\n', ' ')}\n\nWords.\n`)
  for (const statement of [
    "import A, { b } from './a'",
    'import {\n  a,\n} from "a"\nimport * as c from "c"',
    "import type { A } from 'a'",
    'import "./a.css"',
    'export default Layout',
    'export default ({ children }) => <b>{children}</b>',
    'export const run = () => {\n  a()\n\n  b()\n}',
  ])
    assert.equal(await shown(`# A\n\n${statement}\n\nWords.\n`, 'docs/a.mdx'), 'Words.\n', statement)
  const list = await shown(
    "# A\n\n- ```js\n  a()\n  ```\n\nWords.\n\nimport A from 'a'\n\n!!! note\n    Within.\n",
    'docs/a.mdx',
  )
  assert.match(list, /Words\.\n\n> \[!NOTE\]\n> Within\.\n$/)
})

test('roles of MyST are shown as those of reStructuredText', async () => {
  const markdown = await shown(
    '# A\n\nCall {func}`~orbit.plan` ({issue}`12`, {pep}`8`), in a list:\n\n- {class}`Orbit` and {meth}`!Orbit.fly`\n- a set {x} `code`\n',
  )
  assert.equal(
    markdown,
    'Call `plan()` (#12, [PEP 8](https://peps.python.org/pep-0008/)), in a list:\n\n- `Orbit` and `Orbit.fly()`\n- a set {x} `code`\n',
  )
})

test('labels of MyST before a title or another heading are found by references, also from other documents', async () => {
  const { pages } = await pagesOf({
    'docs/a.md': '# A\n\nSee {ref}`the-plan` and {ref}`Part-two`.\n',
    'docs/plan.md': '(the-plan)=\n\n# The plan\n\nWords.\n\n(part-two)=\n\n## Part 2\n\nMore.\n',
  })
  assert.match(pages.get('guide--docs-a.md') ?? '', /See \[The plan\]\([^)#]*\) and \[Part 2\]\([^)]*#part-2\)\./)
  assert.doesNotMatch(pages.get('guide--docs-plan.md') ?? '', /\)=/)
})

test('a link without text has the title of its target', async () => {
  const { pages } = await pagesOf({
    'docs/a.md': '# A\n\nSee [](plan.md) and [](plan.md#part-2).\n',
    'docs/plan.md': '# The plan\n\nWords.\n\n## Part 2\n\nMore.\n',
  })
  assert.match(pages.get('guide--docs-a.md') ?? '', /See \[The plan\]\([^)#]*\) and \[Part 2\]\([^)]*#part-2\)\./)
})

test('what a module of MDX imports, exports and computes is left out, its text stays, and code is code', async () => {
  const text = [
    '---\ntitle: Own\n---',
    "import Tabs from '@theme/Tabs'\nimport { a } from './a'",
    "export const run = () => {\n  fetch('https://evil.example')\n}",
    '<Hero\n  title="x"\n  onClick={() => steal()}\n/>',
    '{/* a remark */}',
    'Words <Badge text="new" /> and `<Tag>`.',
    "```js\nimport x from 'y'\n```",
  ].join('\n\n')
  const markdown = await shown(text, 'docs/a.mdx')
  assert.doesNotMatch(markdown, /fetch|Hero|steal|remark|theme/)
  assert.match(markdown, /Words .* and `<Tag>`\./)
  assert.match(markdown, /```js\nimport x from 'y'\n```/)
})

test('a component of MDX that shows an imported file is its text, and nothing if the file is not in the repository', async () => {
  const text = [
    "import CodeBlock from '@theme/CodeBlock';\nimport fly from '!!raw-loader!../code/fly.cs';",
    "import land from './land.ts?raw'\nimport gone from '!!raw-loader!./gone.cs'",
    'Words.',
    '<CodeBlock language="csharp" title="fly.cs">{fly}</CodeBlock>',
    '<Code code={land} lang="ts" />',
    '<CodeBlock language="csharp">{gone}</CodeBlock>',
    '```jsx\n<CodeBlock>{fly}</CodeBlock>\n```',
  ].join('\n\n')
  const others = { 'code/fly.cs': 'Fly();\n', 'docs/land.ts': 'land(`\n```\n`)\n' }
  assert.equal(
    await markdownOf('docs/a.mdx', text, others),
    'Words.\n\n```csharp\nFly();\n```\n\n````ts\nland(`\n```\n`)\n````\n\n```jsx\n<CodeBlock>{fly}</CodeBlock>\n```\n',
  )
})

test('the title is that of its head, else its first heading; what is below begins at the second level and leaves none out', async () => {
  const { guides } = await guidesOf({
    'docs/a.md': '---\ntitle: Own\n---\n# One\n\n## Two\n\n#### Four\n\nx\n',
    'docs/b.md': '# One\n\nx\n',
  })
  assert.equal(guides.get('docs/a.md')?.title, 'Own')
  assert.equal(guides.get('docs/b.md')?.title, 'One')
  assert.equal(await shown('# One\n\n## Two\n\n#### Four\n\nx\n'), '## Two\n\n### Four\n\nx\n')
})

test('Doxygen: references become words or code outside of code, anchors go', async () => {
  const text =
    '# Start\n\n@anchor begin\nRead @ref moving "the guide", call @ref\norbit_init and the [loader\nlibrary](@ref context_ext).\n\n@note Not @b twice.\n\n```c\n/// @ref orbit_init\n```\n'
  const { guides } = await guidesOf({ 'docs/start.md': text, 'docs/mail.md': '# Mail\n\nWrite to @b now.\n' })
  const [start, mail] = ['start', 'mail'].map((name) => JSON.stringify(guides.get(`docs/${name}.md`)?.blocks))
  assert.match(start ?? '', /Read the guide, call .*"value":"orbit_init".* and the loader(?:\\n| )library\./)
  assert.match(start ?? '', /"Note:".*Not .*"value":"twice"/)
  assert.match(start ?? '', /\/\/\/ @ref orbit_init/)
  assert.doesNotMatch(start ?? '', /@anchor|begin|@note|context_ext/)
  assert.match(mail ?? '', /to @b now/)
})

test('Hugo: TOML between plus signs has title and place, and shortcodes of links lead to documents', async () => {
  const { guides, order } = await guidesOf({
    'doc/content/_index.md': '+++\ntitle = "Start"\n+++\nNo new [syntax]({{< relref "templates/syntax.md#a" >}}).\n',
    'doc/content/engine/_index.md': '+++\ntitle = "The Engine"\n[menu.main]\nweight = 4\n+++\nx\n',
    'doc/content/engine/uri.md': '+++\ntitle = "URI"\nweight = 2\n+++\nx [beside]({{% ref "all.md" %}}) x\n',
    'doc/content/engine/all.md': '+++\ntitle = "All"\nweight = 1\n+++\nx\n',
    'doc/content/templates/_index.md': '+++\ntitle = "Templates"\n[menu.main]\nweight = 3\n+++\nx\n',
    'doc/content/templates/syntax.md': '+++\ntitle = "Syntax"\n+++\n## A\n\nx\n',
    'doc/content/broken.md': '+++\ntitle = \n+++\n# Broken\n\nx\n',
  })
  assert.equal(outline(order), 'Start [Templates [Syntax], The Engine [All, URI], Broken]')
  const [start, uri] = ['_index', 'engine/uri'].map((name) =>
    JSON.stringify(guides.get(`doc/content/${name}.md`)?.blocks),
  )
  assert.match(start ?? '', /"value":"syntax".*?"place":\{"path":"doc\/content\/templates\/syntax\.md","anchor":"a"\}/)
  assert.match(uri ?? '', /"place":\{"path":"doc\/content\/engine\/all\.md"/)
})

test('files that a document takes over are read in the repository alone', async () => {
  const others = { 'src/x.rs': 'fn a() {}\n// ANCHOR: b\nfn b() {}\n// ANCHOR_END: b\n' }
  const markdown = await markdownOf('docs/a.md', '# A\n\n```rust\n{{#include ../src/x.rs:b}}\n```\n', others)
  assert.equal(markdown, '```rust\nfn b() {}\n```\n')
  const sections = {
    'src/x.ts':
      '// #region planner\nplanner()\n// #endregion planner\n// #region plan\nplan()\n// #endregion plan\n// --8<-- [start:land]\nland()\n// --8<-- [end:land]\n',
  }
  const region = await markdownOf('docs/a.md', '# A\n\n<<< @/src/x.ts#plan\n', sections)
  assert.equal(region, '```ts\nplan()\n```\n')
  const section = await markdownOf('docs/a.md', '# A\n\n```ts\n--8<-- "src/x.ts:land"\n```\n', sections)
  assert.equal(section, '```ts\nland()\n```\n')
  const outside = await markdownOf('docs/a.md', '# A\n\n{{#include ../../../../etc/passwd}}\n')
  assert.equal(outside, '`../../../../etc/passwd`\n')
})

test('Rust is shown as rustdoc shows it, and long code ends with a mark', async () => {
  const rust = '```rust\n# use a::b;\n#\n## Not hidden\n#[test]\nfn b() {}\n```\n'
  assert.equal(await shown(`# A\n\n${rust}`), '```rust\n# Not hidden\n#[test]\nfn b() {}\n```\n')
  for (const language of ['rust', 'c'])
    assert.match(
      await shown(`# A\n\n\`\`\`${language}\n${'x();\n'.repeat(13_000)}\`\`\`\n`),
      /x\(\);\n+…\n```\n$/,
      language,
    )
})

test('containers that are never closed, or open thousands of times, cost linear time', async () => {
  for (const text of [
    ':::note\n'.repeat(4_000),
    '<Tabs>\n'.repeat(4_000),
    '!!! note\n'.repeat(4_000),
    '    '.repeat(6_000),
    `${'> '.repeat(5_000)}x`,
    '*'.repeat(20_000),
  ])
    assert.ok((await guidesOf({ 'docs/a.md': `# A\n\n${text}` })).order.length <= 1)
})

test('a page that a directive leaves empty is none, and what is below it stays; text of other files is taken over', async () => {
  const { guides, order } = await guidesOf({
    'docs/conf.py': 'project = "x"\n',
    'README.md': '# Orbit [![Build](a.svg)](https://example.org)\n\nPlans burns.\n',
    'docs/index.md': '# Home\n\n```{include} ../README.md\n```\n\n```{toctree}\nuse/index\nhelp\nnotes\n```\n',
    'docs/use/index.md': '# Use\n\n```{toctree}\nplan\n```\n',
    'docs/use/plan.md': '# Plan\n\nWords.\n',
    'docs/help.md': '# orbit\n\n```{program-output} orbit --help\n```\n',
    'docs/notes.md': '# Notes\n\n```{include} _includes/part.md\n```\n',
    'docs/_includes/part.md': 'Taken over.\n',
    'docs/README-fr.md': '# Orbite\n\nTexte.\n',
    'changelog/12.bugfix.rst': 'It burns.\n',
    'changelog/_template.rst': 'Of it.\n',
    'tools/README.md': 'What is run by hand.\n',
    'doc/orbit.1.md': '% ORBIT(1) orbit 1.0 | Manual\n%\n% 2020-01-01\n\n# NAME\n\norbit - plans\n',
    'prop.md': '# Prop\n\nLorem ipsum dolor sit amet.\n',
  })
  assert.equal(outline(order), 'README, Use [Plan], Notes, ORBIT(1), Tools')
  assert.equal(guides.get('README.md')?.title, 'Orbit')
  assert.equal(stringify(guides.get('docs/notes.md')?.blocks ?? []), 'Taken over.\n')
})

test('headings with the words of the title are numbered after it', async () => {
  const { guides } = await guidesOf({
    'docs/a.md': '# Usage\n\n[top](#usage) [below](#usage-1)\n\n## Usage\n\nWords.\n',
  })
  const guide = guides.get('docs/a.md')
  assert.deepEqual([...(guide?.anchors.keys() ?? [])], ['usage1'])
})

test('the anchor of a link to another document is decoded', async () => {
  const { guides } = await guidesOf({
    'docs/a.md': '# A\n\n[there](b.md#caf%C3%A9)\n',
    'docs/b.md': '# B\n\n## Café\n\nx\n',
  })
  assert.match(JSON.stringify(guides.get('docs/a.md')?.blocks), /"path":"docs\/b\.md","anchor":"café"/)
})

test('what twoslash hides is not shown', async () => {
  const block = (head: string, code: string): string => `\`\`\`${head}\n${code}\n\`\`\`\n\n`
  const cut = '// @filename: plan.ts\nsetUp()\n// ---cut---\nplan()\n// ---cut-after---\ntearDown()'
  const text = await shown(
    `# A\n\nx\n\n${block('twoslash include plan', 'plan()')}${block('ts twoslash title="a"', cut)}`,
  )
  assert.equal(text.trim(), 'x\n\n```ts\nplan()\n```')
  assert.match(await shown(`# A\n\n${block('ts', cut)}`), /cut-after/)
})

test('a component of MDX that installs packages shows the command', async () => {
  const text = 'Install it:\n\n<InstallSnippet pkgs="orbit @orbit/plan@latest" />\n\n<Install />\n\nWords.\n'
  assert.equal(
    await markdownOf('docs/a.mdx', text),
    'Install it:\n\n```sh\nnpm install orbit @orbit/plan@latest\n```\n\nWords.\n',
  )
})
