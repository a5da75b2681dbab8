/** What the overview tells of what packages show. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FileExport, Surface } from '#generate/model.ts'
import { importLine } from '#generate/pages/import-lines.ts'
import { component, document, edge, file, sample } from './sample.ts'

const surface = (names: FileExport[], more: Partial<Surface> = {}): Surface => ({
  ecosystem: 'npm',
  package: 'orbit',
  folder: '',
  isPrivate: false,
  paths: [{ path: 'orbit', language: 'typescript', names }],
  ...more,
})

const plan = file('src/plan.ts', 'export class Plan {}\nexport function draw() {}\nexport function old() {}\n')
const parts = [
  component(plan, 'Plan', { kind: 'class', doc: 'Plans flights. And more.' }),
  component(plan, 'draw', { kind: 'function' }),
  component(plan, 'old', { kind: 'function', doc: '**Deprecated.** Use draw.' }),
]
const names = parts.map(({ name, id }) => ({ name, to: id }))

/** The section without addresses. */
function sectionOf(surfaces: Surface[], readme = ''): string {
  const example = file('examples/a.ts', 'draw()\n')
  const given = sample(
    [plan, example, file('README.md', readme), file('package.json', '{"name":"orbit","main":"src/plan.ts"}')],
    parts,
    [edge(example.path, `${plan.path}#draw`), edge(example.path, `${plan.path}#old`)],
  )
  const { markdown, verification } = document({ ...given, surfaces })
  assert.deepEqual(verification.faults, [])
  const text = (markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  return /^## Public API\n[\s\S]*?(?=^## )/m.exec(text)?.[0] ?? ''
}

test('a package shows its lines, and its names by use, with what is deprecated last', () => {
  const text = sectionOf([surface([...names, { name: 'elsewhere', to: null }])])
  assert.match(text, /`npm install orbit` · `import \{ draw, Plan \} from 'orbit'`/)
  const rows = [...text.matchAll(/^\| (\w+ `\w+`) \| ?(.*?) ?\|$/gm)].map(([, name, what]) => [name, what])
  assert.deepEqual(rows, [
    ['function `draw`', '`draw(): void`'],
    ['class `Plan`', 'Plans flights. And more.'],
    ['function `old`', '**Deprecated.** Use draw.'],
  ])
  assert.match(text, /<summary>1 more name<\/summary>\n\nelsewhere\n/)
})

test('what documents name in code comes first', () => {
  const readme = '# Orbit\n\n```ts\nimport { Plan } from "orbit"\nnew Plan()\n```\n'
  assert.match(sectionOf([surface(names)], readme), /import \{ Plan, draw \}/)
})

test('private packages show nothing, and other paths are folded', () => {
  assert.equal(sectionOf([surface(names, { isPrivate: true })]), '')
  const paths = [
    { path: 'orbit', language: 'typescript', names },
    { path: 'orbit/http', language: 'typescript', names: [{ name: 'get', to: null }, ...names] },
  ]
  assert.match(
    sectionOf([surface([], { paths })]),
    /<summary>1 more import path<\/summary>\n\n- `import \{ get \} from 'orbit\/http'`/,
  )
})

test('each language has its own lines', () => {
  const line = (ecosystem: Surface['ecosystem'], path: string, language: string, name: string): string => {
    const one = surface([], { ecosystem })
    return importLine(one, { path, language, names: [] }, [name])
  }
  assert.equal(line('pypi', 'orbit', 'python', 'Plan'), 'from orbit import Plan')
  assert.equal(line('cargo', 'orbit::de', 'rust', 'Plan'), 'use orbit::de::Plan;')
  assert.equal(line('go', 'a.b/orbit', 'go', 'Plan'), 'import "a.b/orbit"')
  assert.equal(line('packagist', 'Acme', 'php', 'Plan'), 'namespace Acme')
  assert.equal(line('rubygems', 'Orbit', 'ruby', 'Plan'), "require 'orbit'")
  assert.equal(line('maven', 'org.orbit', 'java', 'Plan'), 'package org.orbit')
  assert.equal(line(null, 'orbit.h', 'c', 'plan'), '#include <orbit.h>')
  assert.equal(line('npm', '@a/b-c', 'javascript', 'default'), "import ABC from '@a/b-c'")
})

test('the whole of a module of CommonJS leads, with what it makes', () => {
  const main = file('index.js', 'function upload() {}\n')
  const given = sample(
    [
      main,
      file('README.md', "# Upload\n\n```js\nconst up = require('upload')\nup()\n```\n"),
      file('package.json', '{"name":"upload"}'),
    ],
    [
      component(main, 'upload', { kind: 'function' }),
      component(main, 'Upload', { kind: 'class' }),
      component(main, 'Upload.single', { kind: 'method', parent: `${main.path}#Upload` }),
      component(main, 'other', { kind: 'function' }),
    ],
    [edge(`${main.path}#upload`, `${main.path}#Upload`, { kind: 'instantiates' })],
  )
  const paths = [
    {
      path: 'upload',
      language: 'javascript',
      names: [
        { name: 'export=', to: `${main.path}#upload` },
        { name: 'other', to: `${main.path}#other` },
      ],
    },
  ]
  const { markdown } = document({ ...given, surfaces: [surface([], { package: 'upload', paths })] })
  const text = (markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.match(text, /`npm install upload` · `const upload = require\('upload'\)`/)
  assert.match(
    text,
    /\| function `upload` \|[^\n]*\n\| function `other` \|[^\n]*\n\| class `Upload` \| `Upload\(\): void`, has `single` \|/,
  )
})
