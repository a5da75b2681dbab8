import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Module, Package, SourceFile } from '#generate/model.ts'
import { purposeOf } from '#generate/pages/module/purpose.ts'
import { isTelling, pointsBack, tellingPart, tellingSentence } from '#generate/pages/telling.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { paragraph, plainText } from '#markdown/build.ts'
import { analysedSample } from './real-sample.ts'
import { component, document, edge, file, sample } from './sample.ts'

const told = (doc: string, name?: string): string | null => {
  const sentence = tellingSentence(doc, name)
  return sentence === null ? null : plainText({ type: 'paragraph', children: sentence })
}

test('tasks, pointers, questions, addresses and what only repeats a name say nothing', () => {
  for (const doc of [
    'TODO: rewrite this.',
    'FIXME It would be nice to search.',
    'Please send bug reports to the author.',
    'See the manual for more.',
    'Copyright the authors of it.',
    'https://example.org/watch',
    '**Seasoned astronaut?** Delete this file.',
    'The steps are:',
    'Helpers',
    'Completion API.',
    'Internal helper functions',
    '[Tables of content](https://orbit.example/tables)',
    '-------------------------- $fetch API --------------------------',
    'In this directory you can find some examples of how to use it.',
  ])
    assert.equal(told(doc), null, doc)
  assert.equal(told('Link struct.', 'Link'), null)
  assert.equal(told('The HTTP server class.', 'HttpServer'), null)
  assert.equal(told('Trigger for chaos.', 'Trigger'), 'Trigger for chaos.')
  assert.equal(told('看一个文件的内容', 'read'), '看一个文件的内容.')
  assert.ok(isTelling([{ type: 'text', value: 'Seeds the database.' }]))
})

test('a text begins where it says something, however much stands above', () => {
  assert.equal(tellingPart('TODO: more\n\nPlans burns.\n\nSlowly.'), 'Plans burns.\n\nSlowly.')
  assert.equal(tellingPart('TODO: more\n\nWhy?'), null)
  assert.equal(tellingPart('TODO: more\n\nThese are fast.'), null)
  assert.equal(tellingPart('Time humanizing functions.\n\nMore.'), 'Time humanizing functions.\n\nMore.')
  assert.ok(pointsBack('In particular, all burns begin here.'))
  assert.ok(!pointsBack('In orbit, all burns begin here.'))
  const listed = 'Joins all burns into one plan of keys:\n\n- each once\n\nThe resulting plan is kept.'
  assert.equal(tellingPart(listed), listed)
  assert.equal(tellingPart('Time functions.'), null)
  assert.equal(tellingPart('Plans burns locally\nUsage: ./plan.sh [n]'), 'Plans burns locally\n\nUsage: ./plan.sh [n]')
  assert.equal(tellingPart('# Orbit\n\n## Usage\n\nPlans burns.'), '# Orbit\n\n## Usage\n\nPlans burns.')
})

/** The row of a module on the overview, without addresses. */
function rowOf(title: string, ...args: Parameters<typeof sample>): string[] {
  const { markdown, verification } = document(sample(...args))
  assert.deepEqual(verification.faults, [])
  const text = (markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  const row = text.split('\n').find((line) => line.startsWith(`| **${title}** |`)) ?? ''
  const cells = row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
  // A column that says nothing of any module is left out.
  const head = text.split('\n').find((line) => line.startsWith('| module |')) ?? ''
  const heads = head.split('|').map((cell) => cell.trim())
  const cellOf = (name: string): string => cells[heads.indexOf(name) - 1] ?? ''
  return [cellOf('module'), cellOf('contents'), cellOf('start with')]
}

const many = (folder: string, ...names: string[]): SourceFile[] =>
  names.map((name) =>
    file(`src/${folder}/${name}`, `export function ${name.split('.')[0]}() {}\nclass Command {}\n`.repeat(20)),
  )

test('nobody begins with what sets up and configures', () => {
  const files = [...many('config', 'base.ts', 'load.ts', 'keys.ts'), ...many('core', 'a.ts', 'b.ts', 'c.ts')]
  const [base] = files
  assert.ok(base !== undefined)
  const load = component(base, 'base')
  const users = files.slice(3).map((one) => component(one, one.path.split(/[/.]/)[2] ?? ''))
  assert.equal(
    rowOf(
      'config',
      files,
      [load, ...users],
      users.map(({ id }) => edge(id, load.id)),
    )[2],
    '',
  )
})

test('a description that is hardly a title gives way to the README beside it', async () => {
  const texts = {
    'main.go': 'package main\n\nfunc main() {}\n',
    ...Object.fromEntries(['a', 'b', 'c'].map((name) => [`npm/${name}.js`, `export const ${name} = 1\n`])),
    'npm/package.json': '{"name":"orbit","description":"Command-line JSON viewer"}',
    'npm/README.md': '# orbit\n\nA non-interactive version of the viewer in JavaScript.\n',
  }
  const { markdown } = document(await analysedSample(texts))
  const row = (markdown.get('overview.md') ?? '').split('\n').find((line) => line.includes('**npm**')) ?? ''
  assert.match(row, /A non-interactive version of the viewer in JavaScript\./)
})

test('a module whose files are deep in its folder is told by the row of a document on the folder', async () => {
  const texts = {
    'README.md': '# orbit\n\n| module | function |\n| - | - |\n| `orbit-plan` | Plans burns ahead of time |\n',
    ...Object.fromEntries(
      ['plan', 'burn', 'send'].flatMap((name) =>
        ['A', 'B', 'C'].map((one) => [
          `orbit-${name}/src/main/kotlin/org/orbit/${name}/${one}.kt`,
          `class ${one} {\n${'  fun next() = 1\n'.repeat(30)}}\n`,
        ]),
      ),
    ),
  }
  const { markdown } = document(await analysedSample(texts))
  const row = (markdown.get('overview.md') ?? '').split('\n').find((line) => line.includes('**orbit-plan**')) ?? ''
  assert.match(row, /Plans burns ahead of time\./)
})

test('of several packages the words of the one that the repository is called after stand only at the top of the overview', async () => {
  const code = (name: string): string => `export function ${name}(x) {\n${'  x += 1\n'.repeat(30)}  return x\n}\n`
  const texts = {
    'package.json': '{"private":true,"workspaces":["packages/*"]}',
    ...Object.fromEntries(
      ['orbit', 'burn', 'send'].flatMap((name) => [
        [`packages/${name}/index.js`, code(name)],
        [`packages/${name}/package.json`, `{"name":"${name}","description":"It plans ${name} by hand"}`],
      ]),
    ),
    ...Object.fromEntries(['a', 'b', 'c'].map((name) => [`site/${name}.js`, code(name)])),
  }
  const given = await analysedSample(texts)
  const { markdown } = document(given)
  assert.match(markdown.get('overview.md') ?? '', /^# orbit\n\nIt plans orbit by hand/)
  assert.match(markdown.get('packages.md') ?? '', /^# orbit\n\n## Modules/)
  assert.doesNotMatch(markdown.get('overview.md') ?? '', /^\| \[\*\*orbit\*\*\]\(packages\.md\)/m)
})

test('the file whose comment begins the page of its package has no row that says it again', async () => {
  const { markdown } = document(
    await analysedSample({
      'go.mod': 'module example.org/orbit\n',
      'plan/doc.go': '// Package plan finds burns.\npackage plan\n',
      ...Object.fromEntries(
        ['a', 'b', 'c'].map((name) => [
          `plan/${name}.go`,
          `package plan\n\n// ${name.toUpperCase()}x burns fuel ${name}.\ntype ${name.toUpperCase()}x struct{}\n`,
        ]),
      ),
      'main.go': 'package main\n\nfunc main() {}\n',
    }),
  )
  const page = [...markdown.values()].find((text) => text.startsWith('# plan')) ?? ''
  assert.match(page, /\| \[`a\.go`\]/)
  assert.doesNotMatch(page, /\| \[`doc\.go`\]/)
})

test('a description, however short, comes before what several READMEs say', async () => {
  const code = (name: string): string => `export function ${name}(x) {\n${'  x += 1\n'.repeat(30)}  return x\n}\n`
  const readme = {
    orbit: 'Orbits made easy for everybody.\n',
    burn: 'Orbits made easy for everybody.\n',
    send: 'Orbits made easy for everybody.\n',
  }
  const texts = {
    'package.json': '{"private":true,"workspaces":["packages/*"]}',
    ...Object.fromEntries(
      Object.entries(readme).flatMap(([name, words]) => [
        [`packages/${name}/index.js`, code(name)],
        [`packages/${name}/more.js`, code(`${name}More`)],
        [`packages/${name}/README.md`, `# ${name}\n\n${words}`],
        [`packages/${name}/package.json`, `{"name":"${name}","description":"Turns ${name} around"}`],
      ]),
    ),
  }
  const { markdown } = document(await analysedSample(texts))
  const overview = markdown.get('overview.md') ?? ''
  // The overview begins with that of orbit.
  for (const name of ['burn', 'send'])
    assert.match(overview, new RegExp(`\\*\\*${name}\\*\\*[^\\n]*Turns ${name} around`), overview)
})

test('the comment of a package does not describe a module with only some files of its folder', () => {
  const info = file('src/plan/package-info.java', 'package plan;\n')
  const files = [info, file('src/plan/Burn.java', 'class Burn {}\n')]
  const repo = {
    files: new Map(files.map((one) => [one.path, one])),
    folders: new Map([['src/plan', files]]),
    fileDocs: new Map([[info.path, 'Package with the planner of all orbits and its parts.']]),
  }
  const writing = { repo, inventory: { files: [] }, packages: [], subject: { name: 'orbit' } } as unknown as Writing
  const purpose = (id: string): ReturnType<typeof purposeOf> =>
    purposeOf(writing, { id, path: 'src/plan', files: files.map(({ path }) => path) } as unknown as Module)
  const from = (id: string): string | undefined => purpose(id)?.from
  const sentenceOf = (id: string): string => plainText(paragraph(...(purpose(id)?.sentence ?? [])))
  assert.equal(from('src/plan'), info.path)
  assert.equal(from('src/plan/other files'), undefined)
  const manifest = 'src/plan/plan.csproj'
  ;(writing as { packages: readonly Package[] }).packages = [
    {
      folder: 'src/plan',
      name: 'plan',
      description: 'Plans all orbits and moons of a whole solar system.',
      manifest,
    } as Package,
  ]
  assert.equal(from('src/plan'), info.path)
  assert.equal(sentenceOf('src/plan'), 'Plans all orbits and moons of a whole solar system.')
  assert.equal(from('src/plan/top level'), info.path)
  const readme = { ...info, path: 'src/plan/README.md', text: '# Plan\n\nPlans all orbits of a whole system.\n' }
  repo.folders.set('src/plan', [readme])
  repo.files.set(readme.path, readme)
  repo.fileDocs.set(readme.path, 'Plans all orbits of a whole system.')
  assert.deepEqual([from('src/plan'), from('src/plan/top level')], [readme.path, undefined])
})

test('a package whose first sentence goes round in a circle is told by the second, one that tells of the whole by none', async () => {
  const code = (name: string): string => `func ${name}() int {\n${'\treturn 1\n'.repeat(30)}}\n`
  const texts = {
    'go.mod': 'module example.org/orbit\n',
    'README.md': '# orbit\n\nOrbit plans flights between bodies.\n',
    'orbit.go': `// Package orbit is a small planner for humans.\npackage orbit\n\n${code('Plan')}`,
    'remote/a.go': `// Package remote integrates the remote features of Orbit. Steps come from a server, which signs them.\npackage remote\n\n${code('A')}`,
    'remote/b.go': `package remote\n\n${code('B')}`,
    'send/a.go': `// Package send integrates the send features of Orbit.\npackage send\n\n${code('C')}`,
    'wait/a.go': `// Package wait is for waits. On ships, this is done by a clock of the crew.\npackage wait\n\n${code('E')}`,
    'wait/b.go': `package wait\n\n${code('F')}`,
    'send/b.go': `package send\n\n${code('D')}`,
  }
  const { markdown } = document(await analysedSample(texts))
  const pages = [...markdown].filter(([name]) => !/^(?:guide|source|llms)/.test(name))
  const overview = markdown.get('overview.md') ?? ''
  assert.match(overview, /\*\*remote\*\*[^\n]*Steps come from a server, which signs them\./)
  assert.match(overview, /\*\*wait\*\*[^\n]*is for waits\. On ships, this is done by a clock/)
  for (const [name, text] of pages)
    assert.doesNotMatch(text.split('<details>')[0] ?? '', /features of Orbit|planner for humans/, name)
})
