import assert from 'node:assert/strict'
import { test } from 'node:test'
import { documentedCommands } from '#generate/pages/commands/commands-of-documents.ts'
import { isCommand } from '#generate/pages/commands/is-command.ts'
import { documentOf } from './real-sample.ts'
import { file } from './sample.ts'

const commandsOf = (path: string, text: string): { install: string[]; work: string[] } => {
  const { install = [], work = [] } = documentedCommands(file(path, text), (name) => name === 'manage.py') ?? {}
  return { install, work: work.flatMap(({ lines }) => lines.map(({ text }) => text)) }
}

test('a README tells users how to install and others how to work on it', () => {
  const readme = [
    '# Docker runner',
    '`npm run never` is above all headings.',
    '## Installation',
    '```sh',
    '$ npm install orbit  # once',
    '```',
    '```sh',
    'npm install orbit-next',
    'sudo make install',
    '```',
    '## Usage',
    '    npm run nothing',
    '## Development',
    'Then use `make test` or see `make`, and run `tox`.',
    '```',
    'docker build \\',
    '  -t orbit .',
    '```',
    '```js',
    'go run x',
    '```',
    '### Releasing',
    '`npm publish`',
  ].join('\n')
  assert.deepEqual(commandsOf('README.md', readme), {
    install: ['npm install orbit'],
    work: ['docker build -t orbit .'],
  })
})

test('what a document for contributors tells to install is for them, in reStructuredText too', () => {
  const text =
    'Contributing\n============\n\nInstall\n-------\n\nFirst::\n\n    $ pip install -e .\n    $ pytest -q\n    $ pytest -k plan\n    $ pytest a.py::plan\n\nUse ``tox -e docs``.\n\n``tox -e lint``\n'
  assert.deepEqual(commandsOf('CONTRIBUTING.rst', text), {
    install: [],
    work: ['pip install -e .', 'pytest -q', 'tox -e lint'],
  })
  assert.deepEqual(
    commandsOf('docs/source/installation.md', '# A\n\n## Installation\n\n    npm install -g orbit\n').install,
    ['npm install -g orbit'],
  )
  assert.equal(
    documentedCommands(file('docs/guide.md', '## Build\n\n`make all`\n'), () => true),
    undefined,
  )
})

test('code that a line of a sentence begins with is only mentioned', () => {
  const text =
    '## Tests\n\nWhat you wish to\n`tox -e docs` is new.\n\nRun this:\n`tox -e lint`\n\nRun pytest if not using\n`tox -e py`.\n\nIf you have notebooks, test with\n`tox -e jupyter`.\n'
  assert.deepEqual(commandsOf('CONTRIBUTING.md', text).work, ['tox -e lint'])
})

test('what builds the website does not build the program', () => {
  const text = '# A\n\n## Development\n\n### Website\n\n```\ngit submodule update --init\nmake test\n```\n'
  assert.deepEqual(commandsOf('README.md', text)?.work ?? [], [])
})

test('below a title that does not tell, commands count that build, run or test by name', () => {
  const bump = '```\ngo get -u example.org/orbit@master\ngo mod vendor\n```\n'
  const text = `# Contributing\n\n## Hints\n\nTo bump a dependency:\n\n${bump}\n## Files\n\n- \`pnpm install\` updates the lock file.\n`
  assert.deepEqual(commandsOf('CONTRIBUTING.md', text).work, [])
  assert.deepEqual(commandsOf('CONTRIBUTING.md', `${text}\n\`\`\`\nmake test\n\`\`\`\n`).work, ['make test'])
  assert.deepEqual(commandsOf('HACKING.md', `## Steps\n\n${bump}`).work.length, 2)
})

test('extra test runs are left out', async () => {
  const { markdown } = await documentOf({
    'a.py': 'a = 1\n',
    'pyproject.toml': '[project]\nname = "orbit"\n',
    'docs/contributing.md': '# Contributing\n\n## Extra Test Environments\n\n```\ntox r -e stress\n```\n',
    'CONTRIBUTING.md': '# Contributing\n\n## Tests\n\n```\ntox run\n```\n',
  })
  const overview = (markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.match(overview, /`tox run`/)
  assert.doesNotMatch(overview, /stress/)
})

test('they come before what manifests offer, and instead of what tools usually do', async () => {
  const texts = {
    'a.go': 'package a\n',
    'go.mod': 'module a\n',
    Makefile: 'lint:\n\tgo vet\n',
    'CONTRIBUTING.md':
      '## Test\n\n```\nmake lint\ngo test -race ./...\n```\n\n## Static builds\n\n```\n./configure --disable-shared\n```\n',
  }
  const { markdown, verification } = await documentOf(texts)
  assert.deepEqual(verification.faults, [])
  const overview = (markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.doesNotMatch(overview, /configure/)
  assert.match(overview, /^- `CONTRIBUTING\.md`(?: \(Test\))?: `make lint`, `go test -race \.\/\.\.\.`$/m)
  assert.doesNotMatch(overview, /standard commands/)
})

test('a script that no manifest has is not told of', async () => {
  const texts = {
    'index.js': 'export const a = 1\n',
    'package.json': '{"name":"a","main":"index.js","scripts":{"test":"node --test"}}',
    'CONTRIBUTING.md': '```\nnpm run gone\nnpm run left\n```\n',
  }
  const overview = (await documentOf(texts)).markdown.get('overview.md') ?? ''
  assert.doesNotMatch(overview, /npm run (?:gone|left)/)
  assert.match(overview, /`npm test`/)
})

test('a long hostile document takes no long time', () => {
  for (const part of ['`', '# a\n', '```\n', ' \\\n', '> ', '=\n', '`npm ', '====\n\n', '#'.repeat(50)]) {
    const begin = process.cpuUsage().user
    documentedCommands(file('README.md', part.repeat(1_000_000 / part.length)), () => false)
    assert.ok(process.cpuUsage().user - begin < 1_000_000, JSON.stringify(part))
  }
})

test('an environment is activated where it was made, and an extra that no manifest has is not installed', async () => {
  const overviewOf = async (project: string): Promise<string> => {
    const { markdown } = await documentOf({
      'orbit/__init__.py': 'A = 1\n',
      'pyproject.toml': `[project]\nname = "orbit"\n${project}`,
      'CONTRIBUTING.rst':
        'Test\n----\n\nFirst::\n\n    python -m venv venv\n    source venv/bin/activate\n    pip install -e ".[test]"\n    pytest -q\n',
    })
    return (markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  }
  assert.match(await overviewOf('[dependency-groups]\ntest = ["pytest"]\n'), /`pip install -e \. --group test`/)
  assert.match(
    await overviewOf('[project.optional-dependencies]\ntest = ["pytest"]\n'),
    /activate`, `pip install -e "\.\[test\]"`/,
  )
})

test('an environment may be activated in a block of its own', () => {
  const text =
    '# Work\n\n## Set up\n\n```sh\npython -m venv .venv\n```\n\nActivate it:\n\n```sh\nsource .venv/bin/activate\n```\n\n```sh\npip install -e .\n```\n\n## Else\n\n```sh\nsource .venv/bin/activate\n```\n'
  const found = documentedCommands(file('CONTRIBUTING.md', text), () => false)
  assert.deepEqual(
    found?.work.map(({ lines }) => lines.map((line) => line.text)),
    [['python -m venv .venv'], ['source .venv/bin/activate'], ['pip install -e .']],
  )
})

test('a block is told whole, with the folder that a line of it goes to, and not if only the prose names a folder', () => {
  const has = (path: string): boolean => /^(?:docs|site|site\/part)$/.test(path)
  const of = (text: string): string[][] =>
    (documentedCommands(file('CONTRIBUTING.md', `# Work\n\n${text}`), has)?.work ?? []).map(({ start, lines }) => [
      start,
      ...lines.map((one) => one.text),
    ])
  assert.deepEqual(of('## Docs\n\nFrom the `docs` directory:\n\n```\nmake html\n```\n'), [])
  assert.deepEqual(
    of('## Site\n\nNavigate to the [`site`](./site/) folder.\n\n1. `npm install`\n2. `npm test` runs all tests.\n'),
    [],
  )
  assert.deepEqual(
    of('## Site\n\nTests are in the `docs` folder.\n\n```\ncd site\nnpm test\n```\n\n```\ncd part\nmake\n```\n'),
    [
      ['', 'cd site', 'npm test'],
      ['site', 'cd part', 'make'],
    ],
  )
  // What cannot be typed leaves out all that comes behind it in its section.
  assert.deepEqual(
    of('## A\n\n```\npip install <path>\npytest\n```\n\n```\ntox\n```\n\n## B\n\n```\nmake test\n```\n'),
    [['', 'make test']],
  )
  assert.deepEqual(of('## A\n\n```\ngit clone https://example.org/site.git\ncd site\nmake test\n```\n'), [
    ['', 'make test'],
  ])
  // Notation and examples.
  for (const line of ['nox -s/--session test', 'make [options]', 'make blah_test', 'pytest tests/test_some.py'])
    assert.deepEqual(of(`## A\n\n\`\`\`\n${line}\n\`\`\`\n`), [], line)
  assert.deepEqual(of('## A\n\n```\npytest tests/test_some.py\npytest\n```\n'), [['', 'pytest']])
  assert.deepEqual(of('## A\n\n```console\n$ git clone x\n$ cd x\n$ make test\nok\n```\n\n```json\n{}\n```\n'), [
    ['', 'make test'],
  ])
  // A sentence names a command, or a part of one.
  assert.deepEqual(
    of('## A\n\nDo not run `npm install`. We had `tox` once.\n- To get it, you can use `go install`:\n'),
    [],
  )
  assert.deepEqual(of('## On Windows\n\n```\npytest\n```\n'), [])
  for (const [label, count] of [
    ['**Windows (all):**', 0],
    ['- On Windows:', 0],
    ['**Linux/macOS (plain):**', 1],
    ['Unlike on Windows, the tests need no more than this one line, which is:', 1],
  ] as const)
    assert.equal(of(`## Tests\n\n${label}\n\n\`\`\`\npytest\n\`\`\`\n`).length, count, label)
})

test('a script or target counts in the folder where it is', async () => {
  const texts = {
    'index.js': 'export const a = 1\n',
    'package.json': '{"name":"a","main":"index.js","scripts":{"test":"node --test"}}',
    'site/package.json': '{"private":true,"scripts":{"dev":"vite"}}',
    'docs/Makefile': 'html:\n\ttrue\n',
  }
  const overviewOf = async (guide: string): Promise<string> => {
    const { markdown } = await documentOf({ ...texts, 'CONTRIBUTING.md': `# Work\n\n${guide}` })
    return (markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  }
  assert.doesNotMatch(await overviewOf('- `npm run dev`\n- `make html`\n'), /run dev|make html/)
  const there = await overviewOf(
    '## Site\n\n```\ncd site\nnpm run dev\n```\n\n## Building docs\n\n```\ncd docs && make html\n```\n',
  )
  assert.match(there, /^- `CONTRIBUTING\.md` \(Site\): `cd site`, `npm run dev`$/m)
  assert.match(there, /^- `CONTRIBUTING\.md` \(Building docs\): `cd docs && make html`$/m)
})

test('documents in a folder for contributors are for them, and a rule for all names makes any target', async () => {
  const { markdown } = await documentOf({
    'a.c': 'int main(void) { return 0; }\n',
    Makefile: 'all: vet test\n\n%:\n\t./run $*\n',
    'docs/development/getting-started.rst': 'Start\n=====\n\nTests\n-----\n\n::\n\n    $ make approve\n',
  })
  const overview = (markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.match(overview, /^- `docs\/development\/getting-started\.rst` \(Tests\): `make approve`$/m)
  assert.match(overview, /^- `Makefile`: `make` \(`vet, test`\)$/m)
})

test('where documents tell how to work, what only measures or makes the web site is no more to tell', async () => {
  const { markdown } = await documentOf({
    'a.c': 'int main(void) { return 0; }\n',
    Makefile: 'all: vet test\n\ndocs:\n\tmkdocs build\nbench:\n\tgo test -bench .\n\n%:\n\t./run $*\n',
    'CONTRIBUTING.md': '# Work\n\n```\nmake\n```\n',
  })
  const overview = markdown.get('overview.md') ?? ''
  assert.match(overview, /CONTRIBUTING\.md`\]\([^)]+\): `make`$/m)
  assert.doesNotMatch(overview, /`make (?:docs|bench)`/)
})

test('a command in another folder is another one, and what installs into the system comes after what makes it', async () => {
  const { markdown } = await documentOf({
    'a.c': 'int main(void) { return 0; }\n',
    'CMakeLists.txt': 'project(a C)\n',
    Makefile: 'all: a\n\na:\n\tgcc a.c\n\ninstall: all\n\tcp a /bin\n\ntest: a\n\t./a\n',
    'README.md': '# a\n\n## Building\n\n```\nmkdir build\ncd build\ncmake ..\nmake\n```\n',
  })
  const overview = (markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.match(
    overview,
    /^- `Makefile`: `make` \(`a`\), `make test` \(`\.\/a`\), `make a` \(`gcc a\.c`\), `make install`$/m,
  )
})

test('what a document advises against is not told, nor offered by what has it', async () => {
  const { markdown } = await documentOf({
    'a.c': 'int main(void) { return 0; }\n',
    'CMakeLists.txt': 'project(a C)\n',
    Makefile: 'all:\n\tcc a.c\n\ntest:\n\t./a.out\n',
    'README.md':
      '# a\n\n## Building\n\n### CMake\n\n```\ncmake -B build\n```\n\n### Makefile\n\n**This method is deprecated.**\n\n```\nmake all\n```\n\n```\nmake test\n```\n',
  })
  const overview = markdown.get('overview.md') ?? ''
  assert.match(overview, /cmake -B build/)
  assert.doesNotMatch(overview, /`make (?:all|test)`/)
})

test('commands that are not for running are not told, nor is a submodule a way to install', () => {
  const guide =
    '# A\n\n## Setup (reference only – do not run)\n\n```\nmake vendor\n```\n\n## Tests\n\nDo not run this by hand:\n\n```\nmake slow\n```\n'
  assert.deepEqual(commandsOf('AGENTS.md', guide).work, [])
  const readme = '# A\n\n## Installation\n\n```\ngit submodule add https://a.test/a.git\n```\n'
  assert.deepEqual(commandsOf('README.md', readme).install, [])
})

test('what installs in a clone is told with the clone', () => {
  const clone = 'git clone https://a.test/a.git'
  const readme = `# A\n\n## Installation\n\n\`\`\`\n${clone}\ncd a && make install\n\`\`\`\n`
  assert.deepEqual(commandsOf('README.md', readme).install, [`${clone} && cd a && make install`])
})

test('where a README has no block to install by, what its prose names is it', () => {
  const prose = '# Orbit\n\n## Installation\n\nInstall through cargo with\n`cargo install orbit`, or else.\n'
  assert.deepEqual(commandsOf('README.md', prose).install, ['cargo install orbit'])
  const block = `${prose}\n\`\`\`\nbrew install orbit\n\`\`\`\n`
  assert.deepEqual(commandsOf('README.md', block).install, ['brew install orbit'])
  assert.deepEqual(commandsOf('README.md', prose.replace('Installation', 'Usage')).install, [])
})

test('a program that a block builds is run by it, and installing for all is no part of that', () => {
  const of = (...lines: string[]): string[] =>
    commandsOf('README.md', `# a\n\n## Building, Installing, and Testing\n\n\`\`\`sh\n${lines.join('\n')}\n\`\`\`\n`)
      .work
  const built = ['mkdir build', 'cd build', 'cmake -DTESTS=on ..', 'make']
  assert.deepEqual(
    of('# Clone', 'git clone https://example.org/a', 'cd a', ...built, './test/all', 'sudo make install'),
    [...built, './test/all'],
  )
  assert.deepEqual(of('./test/all'), [])
  assert.deepEqual(of('make', 'sudo make install', 'ctest'), [])
})

test('what publishes is for maintainers, wherever it is typed', () => {
  const text = '# Build\n\n```sh\nmake\n\n# Publish it\nmake release\nnpm run deploy\ncargo build --release\n```\n'
  assert.deepEqual(commandsOf('BUILD.md', text).work, ['make', 'cargo build --release'])
})

test('documents for agents, labelled commands and those with a variable are read, those for rare changes are not', () => {
  const text =
    '# Work\n\n## Build & test\n\n- Unit tests: `GOFLAGS=-mod=vendor go test ./...`\nb) use `go run main.go` to run it\n- It may call `go vet` itself.\n'
  for (const path of ['CLAUDE.md', 'AGENTS.md', '.claude/CLAUDE.md'])
    assert.deepEqual(commandsOf(path, text).work, ['GOFLAGS=-mod=vendor go test ./...', 'go run main.go'])
  for (const line of ['TRYBUILD=overwrite cargo test', 'UPDATE_SNAPSHOTS=1 cargo test'])
    assert.deepEqual(commandsOf('CONTRIBUTING.md', `## Tests\n\n\`\`\`\n${line}\n\`\`\`\n`).work, [])
  const bump = '## Build\n\nIf you need to bump a dependency, use\n\n```\ngo mod tidy\n```\n'
  assert.deepEqual(commandsOf('CONTRIBUTING.md', bump).work, [])
  assert.deepEqual(commandsOf('CONTRIBUTING.md', bump.replace('bump a dependency', 'build it')).work, ['go mod tidy'])
})

test('of a list, neither half of a step nor a variant is told, and a sentence asks only for what builds, runs or tests', () => {
  const list = (...items: string[]): string[] =>
    commandsOf('CONTRIBUTING.md', `# Work\n\n## Build\n\n${items.map((one) => `- ${one}\n`).join('')}`).work
  assert.deepEqual(
    list(
      'Setup: `make install-dev`',
      'Modules: `git submodule update --init` + `make modules`',
      'Extensions: `make fast` (.pyx), then `pip install -e .`',
      'Pure mode: `NO_FAST=1 pip install -e .`',
    ),
    ['make install-dev'],
  )
  assert.deepEqual(list("All: `PYTHONPATH='.' pytest -q`"), ["PYTHONPATH='.' pytest -q"])
  assert.deepEqual(list('Run `rails credentials:edit` to keep secrets.', 'Run `pnpm i`.', 'Run `rails server`.'), [
    'pnpm i',
    'rails server',
  ])
})

test('npm runs a script of its workspaces, and a prompt may name the folder', async () => {
  const { markdown } = await documentOf({
    'package.json': '{"name":"all","private":true,"workspaces":["packages/orbit"]}',
    'package-lock.json': '{}',
    'packages/orbit/package.json': '{"name":"orbit","main":"a.js","scripts":{"compile":"tsc","test":"mocha"}}',
    'packages/orbit/a.js': 'export const a = 1\n',
    'CONTRIBUTING.md':
      '# Work\n\n## Compile\n\n```\norbit$ npm run compile -ws --if-present\n```\n\n## Test\n\n```\nnpm test --workspace=orbit\n```\n\n## Run\n\n```\nnpm run left -ws\n```\n\n## Test all\n\n```\nnpm test --workspace=other\n```\n',
  })
  const overview = markdown.get('overview.md') ?? ''
  assert.match(overview, /\(Compile\): `npm run compile -ws --if-present`$/m)
  assert.match(overview, /\(Test\): `npm test --workspace=orbit`$/m)
  assert.doesNotMatch(overview, /npm run left|workspace=other/)
})

test('what only installs, or makes an environment, is no section', async () => {
  const overviewOf = async (...lines: string[]): Promise<string> => {
    const { markdown } = await documentOf({
      'index.js': 'export const a = 1\n',
      'package.json': '{"name":"a","main":"index.js"}',
      'requirements.txt': 'pytest\n',
      'CONTRIBUTING.md': `# Work\n\n## Setup\n\n\`\`\`\n${lines.join('\n')}\n\`\`\`\n`,
    })
    return markdown.get('overview.md') ?? ''
  }
  assert.match(await overviewOf('npm ci', 'npx mocha'), /`npm ci`, `npx mocha`/)
  assert.doesNotMatch(await overviewOf('npm ci'), /npm ci/)
  assert.doesNotMatch(await overviewOf('python3 -m venv venv', '. venv/bin/activate'), /venv/)
  assert.doesNotMatch(await overviewOf('pip install pytest-orbit'), /pytest-orbit/)
})

test('a command that another document has with fewer arguments is not told again', async () => {
  const block = (title: string, line: string): string => `# Contributing\n\n## ${title}\n\n\`\`\`\n${line}\n\`\`\`\n\n`
  const { markdown } = await documentOf({
    'a.py': 'a = 1\n',
    'pyproject.toml': '[project]\nname = "orbit"\n',
    'scripts/test': '#!/bin/sh\n',
    'CONTRIBUTING.md': block(':athletic_shoe: Tests', 'scripts/test') + block('Running one', 'scripts/test -- a.py'),
    'docs/contributing.md': block('Tests', 'scripts/test a.py'),
  })
  assert.match(markdown.get('overview.md') ?? '', /\(Tests\): `scripts\/test`[\s\S]*`scripts\/test -- a\.py`/)
  assert.doesNotMatch(markdown.get('overview.md') ?? '', /scripts\/test a\.py/)
})

test('a script that is fetched and run installs, below a title that says so, and a clone of another repository is not built', () => {
  const fetched = 'curl -o- https://example.org/orbit/install.sh | bash'
  const readme = `# Orbit\n\n## Installing\n\n    ${fetched}\n\n## Development\n\n    ${fetched}\n`
  assert.deepEqual(commandsOf('README.md', readme), { install: [fetched], work: [] })
  const other = '# Orbit\n\n## Tests\n\n    git clone https://example.org/bench.git\n    cd bench\n    cmake .\n'
  const about = { name: 'orbit' }
  assert.equal(
    documentedCommands(file('README.md', other), () => false, about),
    undefined,
  )
})

test('a document to which the README links for how it is built has its commands', async () => {
  const guide =
    '# Start\n\n## Building from source\n\n    mkdir build\n    cd build\n    cmake ..\n    make test\n\nShared:\n\n    cmake -DSHARED=1 ..\n'
  const texts = {
    'CMakeLists.txt': 'project(orbit)\nadd_executable(orbit a.c)\n',
    'a.c': 'int main(void) { return 0; }\n',
    'doc/start.md': guide,
  }
  const textOf = async (readme: string): Promise<string> =>
    (await documentOf({ ...texts, 'README.md': readme })).markdown.get('overview.md') ?? ''
  const named = await textOf('# Orbit\n\nSee [Building it](https://example.org/latest/start/#build).\n')
  assert.match(named, /make test/)
  assert.doesNotMatch(named, /SHARED/)
  assert.doesNotMatch(await textOf('# Orbit\n\nSee [the start](https://example.org/latest/start/).\n'), /make test/)
})

test('a section with a new command is shown with those that stand in another one', async () => {
  const { markdown } = await documentOf({
    'package.json': '{"name":"orbit","scripts":{"build":"tsc","lint":"biome","test":"node --test"}}',
    'CONTRIBUTING.md':
      '# Work\n\n## Build\n\n1. `npm run build`\n\n## Test everything\n\n1. `npm run lint`\n2. `npm run build`\n3. `npm run test`\n4. `npm run lint`\n\n## Build again\n\n1. `npm run build`\n',
  })
  const overview = markdown.get('overview.md') ?? ''
  assert.match(overview, /\(Test everything\): `npm run lint`, `npm run build`, `npm run test`$/m)
  assert.doesNotMatch(overview, /Build again/)
})

test('commands below a condition are not for everybody, also where the condition is a wish', () => {
  const told = (prose: string, line = 'make test'): string[] =>
    commandsOf('CONTRIBUTING.md', `# Work\n\n## Tests\n\n${prose}\n\n\`\`\`\n${line}\n\`\`\`\n`).work
  assert.deepEqual(told("If you don't have Docker, skip its tests:"), [])
  assert.deepEqual(told('It clears a.b.\nOr by starting it with this command:'), [])
  assert.deepEqual(told('If you plan to print within the tests, execute them with `-s`:'), [])
  assert.deepEqual(told('Run it on this or that system:'), ['make test'])
  assert.deepEqual(told('Test it:', 'bash missing.sh'), [])
  assert.deepEqual(told('Test it:', 'bash manage.py'), ['bash manage.py'])
})

test('a project that is a tool works on itself with it, and what installs tools of the system builds nothing', async () => {
  const { markdown } = await documentOf({
    'poetry/__init__.py': 'A = 1\n',
    'pyproject.toml': '[project]\nname = "poetry"\nversion = "1.0.0"\n',
    'CONTRIBUTING.md':
      '# Work\n\n## Tests\n\n```\npoetry install\npoetry run pytest\n```\n\n## Tools\n\n```\nbrew install docker\n```\n\n## Lint\n\n```\npoetry run ruff format\n```\n',
  })
  const overview = (markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.match(overview, /\(Tests\): `poetry install`, `poetry run pytest`$/m)
  assert.doesNotMatch(overview, /brew|ruff/)
})

test('a README shows how to build a package that it also installs from its folder', async () => {
  const { markdown } = await documentOf({
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
    'src/lib.rs': 'pub fn f() {}\n',
    'README.md': '# orbit\n\n## Development\n\n```\ncargo test\ncargo install --path .\n```\n',
  })
  assert.match(markdown.get('overview.md') ?? '', /\(Development\): `cargo test`, `cargo install --path \.`$/m)
})

test('a command is one of a known tool, or several joined by &&, without other shell syntax', () => {
  const lines = [
    'make',
    'make all && make test',
    'npm test&&npm run lint',
    'go',
    'make && curl -O http://example.org/x',
  ]
  const others = [
    'npm install; reboot',
    'npm test & reboot',
    'make clean-all \\',
    'make &&',
    'make all || true',
    'uv run',
    'go run',
    'CI=1 node gone.js',
  ]
  assert.deepEqual(
    [...lines, ...others].filter((line) => isCommand(line, () => false)),
    lines.slice(0, 3),
  )
})

test('configuring alone builds nothing', async () => {
  const toldBy = async (...lines: string[]): Promise<boolean> => {
    const { markdown } = await documentOf({
      'CMakeLists.txt': 'cmake_minimum_required(VERSION 3.20)\nproject(orbit C)\nadd_executable(orbit main.c)\n',
      'main.c': 'int main(void) { return 0; }\n',
      'CONTRIBUTING.md': `# Work\n\n## Building\n\n\`\`\`\n${lines.join('\n')}\n\`\`\`\n`,
    })
    return /CONTRIBUTING\.md[^\n]*`cmake /.test(markdown.get('overview.md') ?? '')
  }
  assert.equal(await toldBy('cmake -S . -B build'), false)
  assert.equal(await toldBy('cmake -S . -B build', 'cmake --build build'), true)
})

test('services alone build nothing, unless the repository builds an image of them', async () => {
  const isTold = async (compose: string): Promise<boolean> => {
    const work = '# Work\n\n## Tests\n\n```\ndocker compose up -d\n```\n'
    const { markdown } = await documentOf({ 'a.c': 'int a;\n', 'compose.yml': compose, 'CONTRIBUTING.md': work })
    return (markdown.get('overview.md') ?? '').includes('docker compose up')
  }
  assert.equal(await isTold('services:\n  db:\n    image: postgres\n'), false)
  assert.equal(await isTold('services:\n  web:\n    build: .\n'), true)
})

test('of a section, variants with more options are left out, and a fetched tool is assumed', async () => {
  const block = (...lines: string[]): string => `\`\`\`\n${lines.join('\n')}\n\`\`\`\n\nThen:\n\n`
  const text = `# Work\n\n## Tests\n\n${block('curl -LsSf https://example.org/uv.sh | sh', 'uv tool install tox')}${block('tox run -e all')}${block('tox run -e all --sub=/uri')}${block('tox run -e docs')}`
  const { markdown } = await documentOf({ 'a.py': 'x = 1\n', 'tox.ini': '[tox]\n', 'CONTRIBUTING.md': text })
  const [line = ''] = /- [^\n]*CONTRIBUTING[^\n]*/.exec(markdown.get('overview.md') ?? '') ?? []
  assert.match(line, /\(Tests\): `uv tool install tox`, `tox run -e all`, `tox run -e docs`$/)
})

test('neither a debugger nor the shell of a tool alone is how to build', () => {
  const text =
    '# A\n\n## Building\n\n```\nsbt\n```\n\n### Attaching a debugger\n\n```\n./gradlew run --debug-jvm\n```\n'
  assert.equal(
    documentedCommands(file('CONTRIBUTING.md', text), () => true),
    undefined,
  )
  assert.equal(
    isCommand('ruby bin/rails server', (path) => path === 'bin/rails'),
    true,
  )
})

test('single tests are examples, and a title has no tags', () => {
  const text =
    '# Orbit\n\n## <a name="dev"></a>Development\n\n```\n./gradlew test\n./gradlew test --tests "PlanTest"\nmvn test -Dtest=PlanTest\ngo test ./... -run TestPlan\nbundle exec rspec spec/plan_spec.rb:12\n```\n'
  const [block] = documentedCommands(file('CONTRIBUTING.md', text), () => true)?.work ?? []
  assert.equal(block?.title, 'Development')
  assert.deepEqual(
    block?.lines.map((one) => one.text),
    ['./gradlew test'],
  )
})

test('a folder of tests named like a formatter is no formatter', async () => {
  const { markdown } = await documentOf({
    'a.py': 'x = 1\n',
    'tests/format/a.py': 'x = 1\n',
    'pyproject.toml': '[project]\nname = "a"\n',
    'CONTRIBUTING.md': '# Work\n\n## Tests\n\n```\npytest tests/format\n```\n',
  })
  assert.match(markdown.get('overview.md') ?? '', /`pytest tests\/format`/)
})

test('the first install command of a document counts, with the extras that it recommends', async () => {
  const { markdown } = await documentOf({
    'orbit/__init__.py': 'A = 1\n',
    'pyproject.toml': '[build-system]\nrequires = ["hatchling"]\n[project]\nname = "orbit"\nversion = "1.0.0"\n',
    'docs/guide.md': '# Guide\n\nRun\n\n    pip install "orbit[maps]"\n\nor\n\n    pip install orbit\n',
  })
  assert.match(markdown.get('overview.md') ?? '', /: `pip install "orbit\[maps\]"`$/m)
})

test('an experimental package is not installed beside the others', async () => {
  const manifest = (name: string): string => JSON.stringify({ name, version: '1.0.0', main: 'index.js' })
  const { markdown } = await documentOf({
    'package.json': '{"private": true, "workspaces": ["packages/*"]}',
    'packages/orbit/package.json': manifest('orbit'),
    'packages/orbit/index.js': 'export const a = 1\n',
    'packages/orbit-next/package.json': manifest('orbit-next'),
    'packages/orbit-next/index.js': 'export const a = 1\n',
    'packages/orbit-next/README.md': '# Next\n\nThis is an experiment. DO NOT USE IN PRODUCTION.\n',
  })
  const overview = markdown.get('overview.md') ?? ''
  assert.match(overview, /Install: `npm install orbit`$/m)
})

test('a line of a manifest is shown once, however it is quoted', async () => {
  const { markdown } = await documentOf({
    'build.sbt': 'name := "orbit"\norganization := "org.acme"\n',
    'src/main/scala/A.scala': 'package a\n\nclass A\n',
    'README.md':
      '# Orbit\n\n```\n//> using dep org.acme::orbit:1.0.0\n```\n\n```\n//> using dep "org.acme::orbit:1.0.0"\n```\n\n```scala\n"org.acme" %% "orbit" % "1.0.0"\n```\n',
  })
  assert.match(
    markdown.get('overview.md') ?? '',
    /: `\/\/> using dep org\.acme::orbit:1\.0\.0`, `"org\.acme" %% "orbit" % "1\.0\.0"`$/m,
  )
})
