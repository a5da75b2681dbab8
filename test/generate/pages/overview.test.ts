import assert from 'node:assert/strict'
import { test } from 'node:test'
import { introduction } from '#generate/pages/readme/readme.ts'
import { analysedSample, documentOf } from './real-sample.ts'
import { component, document, file, sample } from './sample.ts'

/** The overview without addresses of links. */
function overviewOf(...args: Parameters<typeof sample>): string {
  const { markdown, verification } = document(sample(...args))
  assert.deepEqual(verification.faults, [])
  return (markdown.get('overview.md') ?? '').replaceAll(/\]\([^)]*\)/g, ']')
}

test('the top counts the program apart from its tests and examples, the table all files', () => {
  const text = overviewOf([
    file('src/a.py', 'x\n'),
    file('docs/conf.py', 'x\n', { role: 'docs' }),
    file('docs/index.html', 'x\n', { role: 'docs', language: 'html' }),
    file('examples/b.py', 'x\n'),
    file('tests/test_a.py', 'def test_a():\n    pass\n'),
    file('tests/conftest.py', 'x = 1\n'),
    file('vendor/c.py', null, { vendored: true }),
  ])
  assert.match(text, /^Python, 1 file, 2 lines · tests in `tests` · commit/m)
  assert.match(text, /^\| Python \| 5 \| \d+ \|/m)
  assert.match(text, /^\| HTML \| 1 \| 2 \|/m)
  assert.match(text, /^Including tests, examples and tools, which the figures at the top leave out\.$/m)
  assert.doesNotMatch(overviewOf([file('src/a.py', 'x\n')]), /^Including tests/m)
  assert.match(text, /Left out: 1 vendored file \(\[`vendor\/c\.py`\]\)\./)
  const many = Array.from({ length: 60 }, (_, at) => file(`vendor/f${at}.py`, 'x\n', { vendored: true }))
  const crowded = overviewOf(many)
  assert.match(crowded, /Left out: 60 vendored files \(.* and more\)\.$/m)
})

test('entries with unsafe paths are told as skipped', () => {
  const { inventory, ...rest } = sample([file('src/a.py', 'x\n')])
  const skippedBy = new Map([['unsafe path' as const, 2]])
  const { markdown } = document({ ...rest, inventory: { ...inventory, skippedBy } })
  assert.match(markdown.get('overview.md') ?? '', /Left out: 2 skipped \(2 unsafe path\)\./)
})

test('of several definitions of one name none is what the module is for', () => {
  const [quick, tiny] = ['quick', 'tiny'].map((name) => file(`src/preset/${name}.ts`, 'export class Hono {}\n'))
  const other = file('src/preset/other.ts', 'export class Other {}\n')
  const more = [1, 2, 3].map((n) => file(`src/core/f${n}.ts`, 'x\n'))
  assert.ok(quick !== undefined && tiny !== undefined)
  const text = overviewOf(
    [quick, tiny, other, ...more],
    [
      component(quick, 'Hono', { kind: 'class', doc: 'The quick one' }),
      component(tiny, 'Hono', { kind: 'class', doc: 'The tiny one' }),
      component(other, 'Other', { kind: 'class' }),
    ],
  )
  assert.match(text, /^\[core\], \[preset\]$/m)
})

test('the overview, the sidebar and the pages have one order', () => {
  const folders = ['perf', 'src/zoo', 'src/router', 'src/net', 'examples']
  const files = ['src/index.ts', ...folders.flatMap((folder) => [1, 2, 3, 4].map((n) => `${folder}/f${n}.ts`))]
  const { written, markdown, data } = document(sample(files.map((path) => file(path, 'x\n'))))
  const sidebar = written.tree.map(({ file: name }) => name)
  const pages = written.pages.map(({ file: name }) => name).filter((name) => sidebar.includes(name))
  const table = [
    ...((markdown.get('overview.md') ?? '')
      .split('## At a glance\n\n')[1]
      ?.split('\n')[0]
      ?.matchAll(/\]\(([^)#]*)\)/g) ?? []),
  ].map((match) => match[1])
  const tree = Object.keys(JSON.parse(data.get('module_tree.json') ?? '{}')).map((slug) => `${slug}.md`)
  assert.ok(sidebar.length >= 4, sidebar.join(' '))
  assert.deepEqual([pages, table, tree], [sidebar, sidebar, sidebar])
  assert.deepEqual(sidebar.at(-1), 'examples.md')
  assert.deepEqual(sidebar.at(-2), 'perf.md')
})

test('the words of a folder are not those of the tools beside it', () => {
  const files = ['index.ts', 'b.ts', 'c.ts', 'x.config.ts', 'y.config.ts'].map((path) => file(path, 'x\n'))
  const more = [1, 2, 3].map((n) => file(`test/t${n}.test.ts`, 'x\n'))
  const text = overviewOf([...files, ...more], [], [], { 'index.ts': 'Plans the burns of a flight.' })
  assert.match(text, /^\| \[\*\*orbit\*\*\] \| Plans the burns of a flight\. \|/m)
  assert.match(text, /^Also here: \[Build and tools\]/m)
})

test('the words that say what the project is come before news, and what only leads away is passed over', () => {
  const news = 'We are happy to tell of the release of Gin 2 today.'
  const words = 'Gin is a web framework that is written in Go.'
  assert.equal(introduction(`# Gin\n\n${news}\n\n${words}\n`, 'README.md', 'gin')?.words ?? null, words)
  assert.equal(introduction(`${news}\n\nGinger is another thing entirely.\n`, 'README.md', 'gin')?.words ?? null, news)
  assert.equal(
    introduction('**Fast web framework.**\n\n**Important**\n', 'README.md', 'x')?.words ?? null,
    '**Fast web framework.**',
  )
  assert.equal(introduction('**Which file to use?**\n', 'README.md', 'x')?.words ?? null, null)
  assert.equal(introduction('This README is just a quick start.\n', 'README.md', 'redis')?.words ?? null, null)
  assert.equal(
    introduction('See the project website for documentation and APIs.\n', 'README.md', 'okio')?.words ?? null,
    null,
  )
})

test('a manifest says what the project is where no README introduces it, and what a README says elsewhere does not', () => {
  const readme = file('README.md', '# Orbit\n\n## Usage\n\nThe planner takes a probe.\n')
  const introOf = (path?: string, text = ''): string | undefined => {
    const known = sample([readme, ...(path === undefined ? [] : [file(path, text)])])
    return document(known).markdown.get('overview.md')?.split('\n\n')[1]
  }
  const npm = (name: string, description: string): string => JSON.stringify({ name, description })
  const cargo = (name: string, description: string): string =>
    `[package]\nname = "${name}"\ndescription = "${description}"\n`
  assert.match(introOf() ?? '', /^commit/)
  assert.equal(introOf('packages/orbit/package.json', npm('orbit', 'Plans *all* burns.')), 'Plans \\*all\\* burns.')
  assert.match(introOf('packages/other/package.json', npm('other', 'Plans other burns.')) ?? '', /^commit/)
  assert.equal(introOf('Cargo.toml', cargo('orbit-planner', 'Plans the burns.')), 'Plans the burns.')
  assert.match(introOf('Cargo.toml', cargo('the-orbit-planner', 'The orbit planner')) ?? '', /^commit/)
})

test('a manifest of a published package leads, unless it is a placeholder or the README says the same and more', () => {
  const introOf = (description: string, readme: string, isPrivate = false): string[] => {
    const manifest = { name: 'orbit', private: isPrivate || undefined, description, main: 'index.js' }
    const known = sample([file('README.md', readme), file('package.json', JSON.stringify(manifest))])
    const [, ...words] = document(known).markdown.get('overview.md')?.split('\n\n') ?? []
    return words.slice(
      0,
      words.findIndex((one) => one.includes('commit `')),
    )
  }
  const motto = '# Orbit\n\nThe fastest way around the sun today.\n'
  const definition = '# Orbit\n\nOrbit is a planner of burns for probes that run on little fuel.\n'
  assert.deepEqual(introOf('Plans the burns of probes', motto), ['Plans the burns of probes'])
  const [documents, list] = ['To use it, read the documents:', '- [Documents](https://orbit.example)']
  assert.deepEqual(introOf('', `${definition}\n${documents}\n\n${list}\n`), [definition.split('\n')[2]])
  assert.deepEqual(introOf('Add your description here', motto), ['The fastest way around the sun today.'])
  assert.deepEqual(introOf('A planner of burns', definition), [
    'Orbit is a planner of burns for probes that run on little fuel.',
  ])
  const news =
    '# Orbit\n\nStill flying with burns 1.x? See what is new in fuel. It burns longer than all of the others.\n'
  assert.deepEqual(introOf('Plans the burns of probes', news), ['Plans the burns of probes'])
  assert.deepEqual(introOf('Everything about ellipses', definition), [
    'Everything about ellipses',
    'Orbit is a planner of burns for probes that run on little fuel.',
  ])
})

test('what a module is for is a whole sentence: neither one that announces something nor a note', () => {
  const files = ['a', 'b'].flatMap((name) => [1, 2, 3].map((n) => file(`packages/${name}/f${n}.ts`, 'x\n')))
  const note = file(
    'packages/a/README.md',
    '# a\n\n**Note: moved to b. Use that.**\n\n## Usage\n\nCall it with a probe.\n',
  )
  const heads = [file('packages/b/index.ts', 'x\n'), note]
  const text = overviewOf([...files, ...heads], [], [], { 'packages/b/index.ts': 'These flags are there:\n\n- one' })
  assert.match(text, /^\[b\], \[a\]$/m)
})

test('a module of which nothing is said is told by its files, and names of scripts that nothing imports are not what the top holds', async () => {
  const { markdown } = document(
    await analysedSample({
      'pyproject.toml': '[project]\nname = "orbit"\n[project.scripts]\norbit = "orbit.cli:main"\n',
      'fetch.py': 'class Hook:\n    pass\n\n\ndef fail():\n    raise SystemExit(1)\n',
      'orbit/__init__.py': '',
      ...Object.fromEntries(
        ['cli', 'plan', 'land', 'draw', 'fly', 'burn'].map((name) => [
          `orbit/${name}.py`,
          `def ${name === 'cli' ? 'main' : name}():\n    """Does it."""\n${'    work()\n'.repeat(300)}`,
        ]),
      ),
      'hook.py': `class Other:\n    pass\n\n\n${'# words\n'.repeat(300)}`,
      'data/a.json': '{}\n',
      'data/b.json': '{}\n',
    }),
  )
  const [, table = ''] = (markdown.get('overview.md') ?? '').split('## At a glance')
  assert.doesNotMatch(table, /`Hook`|`fail`/)
  assert.doesNotMatch(table, /^\| [^|]+ \| \| \|$/m)
})

test('what measures, builds, documents or stands in is not counted as the program, nor public, nor installed', async () => {
  const { markdown } = await documentOf({
    'go.mod': 'module example.org/orbit\n',
    'orbit.go': 'package orbit\n\n// Plan plans.\nfunc Plan() {}\n',
    'scripts/build.go': 'package main\n\nfunc main() {}\n',
    'cmd/orbit/main.go': 'package main\n\nfunc main() {}\n',
    'docs/conf.py': 'project = "orbit"\n',
    'docs/Makefile': 'html:\n\ttrue\n',
    'benchmark.js': 'suite()\n',
    'polyfill/sort.js': 'export const sort = 1\n',
  })
  const overview = markdown.get('overview.md') ?? ''
  assert.match(overview, /^Go, 2 files, \d+ lines · commit/m)
  assert.match(overview, /go install example\.org\/orbit\/cmd\/orbit@latest/)
  assert.doesNotMatch(overview, /orbit\/scripts@latest/)
})

test('what a gem loads by its path is counted, whatever its name', async () => {
  const { markdown } = await documentOf({
    'orbit.gemspec': 'Gem::Specification.new { |s| s.name = "orbit" }\n',
    'lib/orbit.rb': 'module Orbit\nend\n',
    'lib/orbit/benchmark.rb': 'module Orbit\n  class Benchmark\n  end\nend\n',
  })
  assert.match(markdown.get('overview.md') ?? '', /^Ruby, 2 files, 6 lines · commit/m)
})
