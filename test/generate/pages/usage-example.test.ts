/** Which code of the repository's own documents the overview shows as an example of use. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Code } from 'mdast'
import { readPackages } from '#generate/manifests/read-packages.ts'
import { withUse } from '#generate/pages/guide/example-blocks.ts'
import { surfacesOf } from '#generate/surface/surfaces.ts'
import { guidesOf } from '../guides/guides-of.ts'
import { analysedSample } from './real-sample.ts'
import { document } from './sample.ts'

const CODE = {
  'pyproject.toml': '[project]\nname = "orbit"\n[build-system]\nrequires = ["hatchling"]\n',
  'orbit/__init__.py': '"""Plans orbits."""\n\ndef plan(body):\n    """Plans one."""\n\n__all__ = ["plan"]\n',
}

/** The code below the heading, and where it is from. */
async function exampleOf(documents: Record<string, string>): Promise<string> {
  const texts = { ...CODE, ...documents }
  const { inventory, analysis } = await analysedSample(texts)
  const surfaces = surfacesOf(readPackages(inventory), analysis, inventory.files, 'orbit')
  const { markdown } = document({ inventory, analysis, surfaces, guides: await guidesOf(texts) })
  const text = (markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  return /^## Example\n([\s\S]*?)(?=^## )/m.exec(text)?.[1]?.trim() ?? ''
}

const SYSTEM = '# Orbit\n\n## Usage\n\n```python\nsys.setrecursionlimit(10)\n```\n'

test('an example names what the repository offers', async () => {
  const readme = `${SYSTEM}\n## More\n\n\`\`\`python\nfrom orbit import plan\nplan("Mars")\n\`\`\`\n`
  assert.match(await exampleOf({ 'README.md': readme }), /plan\("Mars"\)[\s\S]*From README\.md$/)
})

test('without packages, an example names the project and what its code exports', async () => {
  const scala = { 'src/main/scala/orbit/Plan.scala': 'package orbit\n\nobject Planner { def planAll(): Unit = () }\n' }
  const guide = (code: string): Promise<string> =>
    exampleOf({
      ...scala,
      'pyproject.toml': '',
      'orbit/__init__.py': '',
      'docs/quickstart.md': `# Quick Start\n\n\`\`\`scala\n${code}\n\`\`\`\n`,
    })
  assert.match(await guide('import orbit._\n\nval planner = Planner'), /val planner = Planner/)
  assert.equal(await guide('import orbit._\n\nprintln(1)'), '')
  assert.equal(await guide('import other._\n\nval planner = Planner'), '')
})

test('what an example prints is no example', async () => {
  const code = (lead: string): string => `# Orbit\n\n## Usage\n\n${lead}\n\n\`\`\`python\nplan("Mars")\n\`\`\`\n`
  for (const lead of ['Generated plan:', 'Output:', 'The expected result is:', 'This prints the plan:'])
    assert.equal(await exampleOf({ 'README.md': code(lead) }), '', lead)
  for (const lead of ['Use the generated plan:', 'Print the outputs of a plan like this:'])
    assert.match(await exampleOf({ 'README.md': code(lead) }), /plan\("Mars"\)/, lead)
})

test('where the README has none, a guide with which readers begin does, and one on another topic does not', async () => {
  const guide = '# Planning\n\n```python\nx = 1\n```\n\n```python\nplan("Venus")\n```\n'
  for (const path of ['docs/primer.md', 'docs/01-basic-usage.md', 'docs/intro.md', 'docs/quick-start/index.md'])
    assert.equal(
      await exampleOf({ 'README.md': SYSTEM, [path]: guide }),
      `\`\`\`python\nplan("Venus")\n\`\`\`\n\nFrom ${path}`,
    )
  assert.match(await exampleOf({ 'docs/a.md': guide.replace('Planning', 'Getting started') }), /From docs\/a\.md$/)
  assert.equal(await exampleOf({ 'README.md': SYSTEM, 'docs/planning.md': guide }), '')
  assert.equal(await exampleOf({ 'README.md': SYSTEM, 'docs/a.md': guide.replace('Planning', 'Overview') }), '')
  assert.equal(await exampleOf({ 'README.md': SYSTEM }), '')
  const long = 'plan("Mars")\n'.repeat(60)
  const imports = `# Orbit\n\n## Usage\n\n\`\`\`python\nfrom orbit import plan\n\`\`\`\n\n\`\`\`python\n${long}\`\`\`\n`
  assert.equal(await exampleOf({ 'README.md': imports }), '')
})

test('beside the package that the repository is named after, others have no example', async () => {
  const of = (name: string, documents: Record<string, string>): Promise<string> =>
    exampleOf({
      'README.md': SYSTEM,
      'pyproject.toml': `[project]\nname = "${name}"\n[build-system]\nrequires = ["hatchling"]\n`,
      'draw/pyproject.toml': '[project]\nname = "orbit-draw"\n[build-system]\nrequires = ["hatchling"]\n',
      ...documents,
    })
  const guide = {
    'draw/quick-start.md': '# Draw\n\n```python\nplan("Venus")\n```\n',
    'draw/orbit_draw/__init__.py': 'def draw(x):\n    pass\n',
  }
  const comment = {
    'draw/orbit_draw/__init__.py':
      '"""Draws.\n\n```python\ndraw(1)\n```\n"""\n\ndef draw(x):\n    """Draws one."""\n\n__all__ = ["draw"]\n',
  }
  assert.match(await of('other', guide), /Venus/)
  assert.match(await of('other', comment), /draw\(1\)/)
  assert.equal(await of('orbit', guide), '')
  assert.equal(await of('orbit', comment), '')
})

test('a whole file of Go is not continued from a block of imports', () => {
  const block = (value: string): Code => ({ type: 'code', lang: 'go', value })
  const [imports, file] = [
    block('import "orbit"'),
    block('package main\n\nimport "orbit"\n\nfunc main() { orbit.Fly() }'),
  ]
  assert.equal(withUse(imports, [imports, file]), file.value)
})

test('a program has no example from the comment on a library beside it', async () => {
  const texts = (name: string): Record<string, string> => ({
    'README.md': SYSTEM,
    'pyproject.toml': '[tool.none]\n',
    'Cargo.toml': `[package]\nname = "${name}"\nversion = "1.0.0"\n`,
    'src/main.rs': 'fn main() {\n    draw::draw(1);\n}\n',
    'draw/Cargo.toml': '[package]\nname = "orbit-draw"\nversion = "1.0.0"\n',
    'draw/src/lib.rs': '/*!\nDraws.\n\n```\ndraw(1);\n```\n*/\n\n/// Draws one.\npub fn draw(x: u8) {}\n',
  })
  assert.match(await exampleOf(texts('other')), /draw\(1\)/)
  assert.equal(await exampleOf(texts('orbit')), '')
})

test('a guide shows no use by what only has words of its names', async () => {
  const guide = (code: string): string => `# Planning\n\n## Usage\n\n\`\`\`procfile\n${code}\n\`\`\`\n`
  assert.equal(await exampleOf({ 'README.md': SYSTEM, 'docs/planning.md': guide('release: orbit run') }), '')
})

test('guides with which readers begin come before chapters, and a script for a program of the repository is an example', async () => {
  const guide = (body: string): string => `# A\n\n\`\`\`python\nplan("${body}")\n\`\`\`\n`
  const found = await exampleOf({
    'README.md': SYSTEM,
    'docs/adapters.md': guide('Venus'),
    'docs/getting-started/quick-start.md': guide('Mars'),
  })
  assert.match(found, /plan\("Mars"\)/)
  const program = `${CODE['pyproject.toml']}[project.scripts]\norbit = "orbit:plan"\n`
  const script = '# Orbit\n\n```bash\n#!/usr/bin/env orbit\n\nburn now\n```\n'
  assert.match(await exampleOf({ 'README.md': script, 'pyproject.toml': program }), /burn now/)
  assert.match(await exampleOf({ 'README.md': script }), /burn now/)
  assert.equal(
    await exampleOf({ 'README.md': script.replace('env orbit', 'env other'), 'pyproject.toml': program }),
    '',
  )
})

test('imports that the next block repeats are shown once', async () => {
  const blocks = ['from orbit import plan', 'from orbit import plan\n\nplan("Mars")']
  const readme = `# Orbit\n\n## Usage\n\n${blocks.map((text) => `\`\`\`python\n${text}\n\`\`\`\n`).join('\n')}`
  assert.equal((await exampleOf({ 'README.md': readme })).match(/import plan/g)?.length, 1)
})

test('a README may show more at once than other guides, and what is typed where a program has no other example', async () => {
  const long = `from orbit import plan\n${'plan("Mars")\n'.repeat(40)}`
  const readme = `# Orbit\n\n## A definitive example\n\n\`\`\`python\n${long}\`\`\`\n`
  const guide = '# Planning\n\n```python\nplan("Venus")\n```\n'
  assert.match(await exampleOf({ 'README.md': readme, 'docs/planning.md': guide }), /From README\.md$/)

  const typed = '# Orbit\n\n## Getting started\n\n```sh\ncargo install orbit\n```\n\n```sh\no mars   # go there\n```\n'
  const program = `${CODE['pyproject.toml']}[project.scripts]\norbit = "orbit:plan"\n`
  assert.match(await exampleOf({ 'README.md': typed, 'pyproject.toml': program }), /^```sh\no mars {3}# go there\n```/)
  assert.equal(await exampleOf({ 'README.md': typed }), '')
  const added = '# Orbit\n\n## Using git submodules\n\n```sh\n$ git submodule add https://example.org/orbit.git\n```\n'
  assert.equal(await exampleOf({ 'README.md': added, 'pyproject.toml': program }), '')

  const run = '```sh\nnpx orbit mars\n```\n\n```\nListening on :3000\n```\n\n```python\nsys.exit(1)\n```\n'
  const both = { 'README.md': `# Orbit\n\n## Usage\n\n${run}`, 'pyproject.toml': program }
  assert.match(await exampleOf(both), /^```sh\nnpx orbit mars\n```/)
  const printed = '# Orbit\n\n## Usage\n\n```\nListening on :3000\n```\n'
  assert.equal(await exampleOf({ 'README.md': printed, 'pyproject.toml': program }), '')
})

test('a program is started, not imported; old documents and settings give no first example', async () => {
  const program = `${CODE['pyproject.toml']}[project.scripts]\norbit = "orbit:plan"\n`
  const code = '```python\nfrom other import plan\nplan("Mars")\n```\n'
  const typed = '## Introduction\n\n```console\n$ orbit mars\nThere.\n```\n'
  const found = await exampleOf({ 'README.md': `# Orbit\n\n## Usage\n\n${code}\n${typed}`, 'pyproject.toml': program })
  assert.match(found, /^```console\n\$ orbit mars\n```/)
  assert.equal(await exampleOf({ 'README.md': '# Orbit\n', 'docs/archive/plan.md': `# Planning\n\n${code}` }), '')
  const settings = '## Settings\n\n```python\nplan(limit=32)\n```\n'
  const usage = `# Orbit\n\n## Usage\n\n#${settings}\n### First steps\n\n\`\`\`python\nplan("Venus")\n\`\`\`\n`
  assert.match(await exampleOf({ 'README.md': usage }), /Venus/)
})

test('what a README shows above its parts comes first, then a file that it links to; answers to questions show none', async () => {
  const first =
    '# Orbit\n\nPlans.\n\n```python\nplan("Mars")\n```\n\n## Custom types, for example\n\n```python\nplan(own)\n```\n'
  assert.match(await exampleOf({ 'README.md': first }), /plan\("Mars"\)/)

  const faq = '# FAQ\n\n## Why\n\n```python\nplan("around it")\n```\n'
  const linked = '# Orbit\n\nPlans.\n\n## Examples\n\n- [basic](tests/basic.py)\n'
  const basic = 'from orbit import plan\n\nplan("Venus")\n'
  const documents = { 'README.md': linked, 'FAQs.md': faq, 'tests/basic.py': basic }
  assert.match(await exampleOf(documents), /plan\("Venus"\)[\s\S]*From tests\/basic\.py$/)
  assert.equal(await exampleOf({ 'README.md': '# Orbit\n\nPlans.\n', 'FAQs.md': faq }), '')
})

test('two guides of one title are told apart by their paths', async () => {
  const texts = {
    ...CODE,
    'README.md': '# Orbit\n\nPlans.\n',
    'CHANGES.md': '# Changes\n\nx\n',
    'docs/changes.md': '# Changes\n\ny\n',
  }
  const { inventory, analysis } = await analysedSample(texts)
  const { markdown, verification } = document({ inventory, analysis, guides: await guidesOf(texts) })
  assert.deepEqual(verification.faults, [])
  const text = (markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.match(text, /^- Changes \(`docs\/changes\.md`\)$/m)
  assert.match(text, /^- Changes \(`CHANGES\.md`\)$/m)
  assert.match(text, /^- README$/m)
})

test('what a later block needs of an earlier one stands with it, another way to do the same does not', async () => {
  const blocks = (...all: string[]): string =>
    `# Orbit\n\n## Usage\n\n${all.map((text) => `\`\`\`python\n${text}\n\`\`\``).join('\n\nOr:\n\n')}\n`
  const first = 'from orbit import plan\n\nfor body in plan("Mars"):\n    name = body.name'
  const other = 'from orbit import plan\n\nfor body in plan("Venus"):\n    print(name)'
  assert.doesNotMatch(await exampleOf({ 'README.md': blocks(first, other) }), /Venus/)
  const needs = 'print(flight.name)'
  assert.match(
    await exampleOf({ 'README.md': blocks('from orbit import plan\nflight = plan("Mars")', needs) }),
    /flight\.name/,
  )
})

test('what a README answers to questions is no example, and blocks that declare one name are not joined', async () => {
  const program = `${CODE['pyproject.toml']}[project.scripts]\norbit = "orbit:plan"\n`
  const faq =
    '# Orbit\n\nPlans.\n\n## F.A.Q and troubleshooting\n\n### How can I enable it using resources?\n\n```sh\nterm*font: 11\n```\n'
  assert.equal(await exampleOf({ 'README.md': faq, 'pyproject.toml': program }), '')
  const typed = (name: string): Code => ({
    type: 'code',
    lang: 'java',
    value: `Set<Class<?>> plans =\n  orbit.get(${name});`,
  })
  const first = { ...typed('a'), value: `Orbit orbit = new Orbit();\n${typed('a').value}` }
  assert.equal(withUse(first, [first, typed('b')]), first.value)
})

test('code in the language that the repository is named after is an example, and signatures are none', async () => {
  const own =
    '# Orbit\n\n## Features\n\nMany.\n\n## Options\n\n```python\nplan(own)\n```\n\n## Syntax example\n\n```orbit\nto Mars\n```\n'
  assert.match(await exampleOf({ 'README.md': own }), /^```orbit\nto Mars\n```/)

  const listed =
    '# Orbit\n\n## Usage\n\n```python\nplan(body: Body) -> bool\nother(body: Body) -> str\n```\n\n```python\nplan("Mars")\n```\n'
  assert.match(await exampleOf({ 'README.md': listed }), /^```python\nplan\("Mars"\)\n```/)
})

test('a part of a program is no example where a whole one follows: imports, declarations, an open block', async () => {
  const fenced = (language: string, code: string): string => `\`\`\`${language}\n${code}\`\`\`\n\n`
  const go = {
    'go.mod': 'module example.org/acme/orbit\n\ngo 1.22\n',
    'orbit.go':
      '// Package orbit plans.\npackage orbit\n\n// Plan is a plan.\ntype Plan struct{}\n\n// New plans.\nfunc New(name string) Plan { return Plan{} }\n',
    'README.md': `# Orbit\n\n## Tutorial\n\n${fenced('go', 'package main\n\nimport (\n\t"fmt"\n\n\t"example.org/acme/orbit"\n)\n')}${fenced('go', 'type model struct {\n\tname string\n}\n')}### Steps\n\n${fenced('go', 'func (m model) First() orbit.Plan {\n\treturn orbit.New(m.name)\n}\n')}${fenced('go', 'func main() {\n\tfmt.Println(orbit.New("Mars"))\n}\n')}`,
  }
  const found = await exampleOf(go)
  assert.match(found, /^```go\nfunc main\(\) \{/)
  const open = `# Orbit\n\n## Usage\n\n${fenced('js', 'function main() {\n  plan("Venus")\n')}${fenced('js', 'plan("Mars")\n')}`
  assert.match(await exampleOf({ 'README.md': open }), /^```js\nplan\("Mars"\)/)
})

test('a block that the paragraph above announces comes before one that is only told about', async () => {
  const readme =
    '# Orbit\n\n## More\n\nPlans.\n\n## Part\n\n```python\nplan(1)\n```\n\n## Maps\n\nIt maps.\n\nExample usage:\n\n```python\nplan("Mars")\n```\n'
  assert.match(await exampleOf({ 'README.md': readme }), /^```python\nplan\("Mars"\)/)
})

test('the keyword `default` is no name of the package', async () => {
  const cases: [names: string, block: string, isShown: boolean][] = [
    [
      'export default function planOrbit() {\n  return 1\n}\n',
      "export default { target: 'es2020', minify: true }",
      false,
    ],
    ['export default function planOrbit() {\n  return 1\n}\n', 'const path = planOrbit()', true],
  ]
  for (const [names, block, isShown] of cases) {
    const found = await exampleOf({
      'package.json': '{ "name": "@acme/probe", "version": "1.0.0", "main": "index.js" }',
      'index.js': names,
      'README.md': `# Orbit\n\n## Usage\n\n\`\`\`js\n${block}\n\`\`\`\n`,
    })
    assert.equal(found !== '', isShown, block)
  }
})

test('neither a test nor a document that the README links to is an example', async () => {
  const tests = ['a', 'b', 'c'].map((name) => [
    `tests/test_${name}.py`,
    'from orbit import plan\n\n\ndef test_plan():\n    way = plan("Mars")\n    assert way\n',
  ])
  const image = { 'docker/test/README.md': '# Image\n\nRuns all tests.\n' }
  const readme = '# Orbit\n\nSee `plan`.\n\n## Getting started\n\nOr use [the image](docker/test/README.md).\n'
  assert.equal(await exampleOf({ 'README.md': readme, ...image, ...Object.fromEntries(tests) }), '')
})
