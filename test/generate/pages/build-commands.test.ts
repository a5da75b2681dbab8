import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analysedSample, documentOf } from './real-sample.ts'
import { document } from './sample.ts'

/** The lines of the section on building, without addresses. */
async function linesOf(texts: Record<string, string>): Promise<string[]> {
  const { markdown, verification } = await documentOf(texts)
  assert.deepEqual(verification.faults, [])
  const [, section = ''] = (markdown.get('overview.md') ?? '').split('## To build, run and test\n\n')
  const [lines = ''] = section.split('\n\n')
  return lines === '' ? [] : lines.split('\n').map((line) => line.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1'))
}

const main = { 'src/main.rs': 'fn main() {}\n' }

test('Maven and Gradle run by their wrappers where those are, and start what their plugins start', async () => {
  const texts = {
    'src/main/java/A.java': 'class A {}\n',
    'pom.xml':
      '<project><artifactId>a</artifactId><build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build></project>',
    'build.gradle': "plugins {\n  id 'org.springframework.boot' version '4'\n}\n",
  }
  assert.deepEqual(await linesOf(texts), [
    '- `pom.xml` (standard commands): `mvn package`, `mvn test`, `mvn spring-boot:run`',
    '- `build.gradle` (standard commands): `gradle build`, `gradle check`, `gradle bootRun`',
  ])
  assert.deepEqual(await linesOf({ ...texts, mvnw: '#!/bin/sh\n', gradlew: '#!/bin/sh\n' }), [
    '- `pom.xml` (standard commands): `./mvnw package`, `./mvnw test`, `./mvnw spring-boot:run`',
    '- `build.gradle` (standard commands): `./gradlew build`, `./gradlew check`, `./gradlew bootRun`',
  ])
})

test('Meson tests only what declares a test, also in a folder', async () => {
  const texts = { 'a.c': 'int a(void) { return 1; }\n', 'meson.build': "project('a', 'c')\nlibrary('a', 'a.c')\n" }
  const built = '- `meson.build` (standard commands): `meson setup build`, `meson compile -C build`'
  assert.deepEqual(await linesOf(texts), [built])
  const tests = { 'tests/meson.build': "test('list', executable('list', 'list.c'))\n" }
  assert.deepEqual(await linesOf({ ...texts, ...tests }), [`${built}, \`meson test -C build\``])
  // Tests below an option that is off need it.
  const optional = { 'meson.build': `${texts['meson.build']}if get_option('test')\n  subdir('tests')\nendif\n` }
  const option = (value: string): Record<string, string> => ({
    'meson_options.txt': `option('test', type: 'boolean', value: ${value})\n`,
  })
  assert.deepEqual(await linesOf({ ...texts, ...tests, ...optional, ...option('false') }), [
    `${built.replace('setup build', 'setup build -Dtest=true')}, \`meson test -C build\``,
  ])
  assert.deepEqual(await linesOf({ ...texts, ...tests, ...optional, ...option('true') }), [
    `${built}, \`meson test -C build\``,
  ])
})

test('tests below an option that is off need it', async () => {
  const header = "project('a', 'c')\n"
  const ofMeson = (options: string, top: string): Promise<string[]> =>
    linesOf({
      'a.c': 'int a(void) { return 1; }\n',
      'meson_options.txt': options,
      'meson.build': header + top,
      'test/meson.build': "test('list', executable('list', 'list.c'))\n",
    })
  const meson = (option: string, test: string): string[] => [
    `- \`meson.build\` (standard commands): \`meson setup build${option}\`, \`meson compile -C build\`${test}`,
  ]
  const tested = ', `meson test -C build`'
  const option = "option('test', type: 'boolean', value: false,  description: 'Build tests')\n"
  const guarded = "if get_option('test')\n  subdir('test')\nendif\n"
  for (const [options, top, expected] of [
    [option, guarded, meson(' -Dtest=true', tested)],
    [option.replace('false', 'true'), guarded, meson('', tested)],
    [option, "subdir('test')\n", meson('', tested)],
    [option, guarded.replace("')\n", "') and found\n"), meson('', '')],
    [option, guarded.replace('if ', 'if not '), meson('', tested)],
  ] as const)
    assert.deepEqual(await ofMeson(options, top), expected, top)
  const ofCMake = (text: string): Promise<string[]> => linesOf({ 'a.c': 'int a;\n', 'CMakeLists.txt': text })
  const cmake = (option: string, test: string): string[] => [
    `- \`CMakeLists.txt\` (standard commands): \`cmake -B build${option}\`, \`cmake --build build\`${test}`,
  ]
  const ctest = ', `ctest --test-dir build`'
  const tests = 'include(CTest)\nadd_subdirectory(test)\n'
  const library = 'option(A_TEST "Builds tests" OFF)\nadd_library(a a.c)\n'
  for (const [text, expected] of [
    [`${library}if(A_TEST)\n${tests}endif()\n`, cmake(' -DA_TEST=ON', ctest)],
    [
      `${library}include(CTest)\nadd_subdirectory(src)\nif(A_TEST)\nadd_subdirectory(test)\nendif()\n`,
      cmake(' -DA_TEST=ON', ctest),
    ],
    [`${library.replace('OFF', 'ON')}if(A_TEST)\n${tests}endif()\n`, cmake('', ctest)],
    [`${library}if(A_TEST AND A_MORE)\n${tests}endif()\n`, cmake('', '')],
    [`${library}if(NOT A_TEST)\nelse()\n${tests}endif()\n`, cmake('', ctest)],
  ] as const)
    assert.deepEqual(await ofCMake(text), expected, text)
})

test('a Taskfile gives its described tasks, without those for maintainers, and a Makefile that runs them nothing', async () => {
  const task =
    'version: "3"\ntasks:\n  unit:\n    desc: Run unit tests\n    cmd: go test\n  default:\n    desc: Run all checks\n' +
    '  hidden:\n    cmd: x\n  tools:\n    desc: Install tools\n  release:\n    desc: Create a release\n' +
    '  ci-test:\n    desc: Test in CI\n  inner:\n    internal: true\n    desc: Inner\n'
  const make = 'TASK = .tool/task\n.PHONY: make-default\nmake-default: $(TASK)\n\t@$(TASK)\n'
  assert.deepEqual(await linesOf({ 'a.c': 'int a;\n', 'Taskfile.yaml': task, Makefile: make }), [
    '- `Taskfile.yaml`: `task` (Run all checks), `task unit` (Run unit tests)',
  ])
})

test('the default goal of a pom is its command if it tests', async () => {
  const ofGoal = (goal: string): Promise<string[]> =>
    linesOf({
      'src/main/java/A.java': 'class A {}\n',
      'pom.xml': `<project><artifactId>a</artifactId><build><defaultGoal>${goal}</defaultGoal></build></project>`,
    })
  assert.deepEqual(await ofGoal('clean verify site'), ['- `pom.xml`: `mvn` (clean verify site)'])
  const ofProfile =
    '</defaultGoal></build><profiles><profile><build><defaultGoal>verify</defaultGoal></build></profile></profiles><build><defaultGoal>'
  for (const goal of ['validate', ofProfile])
    assert.deepEqual(await ofGoal(goal), ['- `pom.xml` (standard commands): `mvn package`, `mvn test`'])
})

test('a script that reports to a machine is left out beside the one for people', async () => {
  const ofScripts = (scripts: Record<string, string>): Promise<string[]> =>
    linesOf({ 'a.js': 'a()\n', 'package.json': JSON.stringify({ name: 'a', scripts }) })
  const tap = { 'test-tap': 'mocha --reporter tap' }
  assert.deepEqual(await ofScripts({ test: 'mocha', ...tap }), ['- `package.json`: `npm test` (`mocha`)'])
  assert.deepEqual(await ofScripts(tap), ['- `package.json`: `npm run test-tap` (`mocha --reporter tap`)'])
})

test('usual commands of a folder are left out beside those of the top', async () => {
  const java = 'part/src/main/java'
  const texts = {
    [`${java}/A.java`]: 'class A {}\n',
    'pom.xml': '<project><artifactId>a</artifactId><modules><module>part</module></modules></project>',
    'part/pom.xml': '<project><artifactId>part</artifactId></project>',
    'part/build.sbt': 'name := "part"\n',
  }
  const part = { 'part/src/Makefile': 'build:\n\techo 1\n', 'part/src/main.c': 'int main(void) { return 0; }\n' }
  assert.deepEqual(await linesOf({ ...texts, ...part }), ['- `pom.xml` (standard commands): `mvn package`, `mvn test`'])
})

const WORKFLOW = '.github/workflows/ci.yml'

/** A workflow whose job has a step for each script. */
function workflow(...scripts: readonly string[]): string {
  const steps = scripts.map((one) => `      - run: |\n${one.replace(/^/gm, '          ')}\n`)
  return `on: [push]\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n${steps.join('')}`
}

/** An expression of a workflow. */
const VALUE = '$' + '{{ matrix.target }}'
const crate = { ...main, 'Cargo.toml': '[package]\nname = "a"\npublish = false\n' }

test('the usual commands of a tool are replaced by those of CI', async () => {
  assert.deepEqual(await linesOf(crate), ['- `Cargo.toml` (standard commands): `cargo build`, `cargo test`'])
  const scripts = [
    'cargo install cross',
    'cargo fmt -- --check',
    `cargo clippy --features ${VALUE}`,
    'cargo test --locked --no-default-features',
    `cargo test --locked ${VALUE}`,
    'cargo test --locked --all-features',
    'go fmt && git diff --exit-code',
    'cargo check --all -Z minimal-versions',
    'cargo +nightly test',
    'cargo bench',
    'cargo test -p a --manifest-path examples/a/Cargo.toml',
    'cd sub\ncargo build',
  ]
  assert.deepEqual(await linesOf({ ...crate, [WORKFLOW]: workflow(...scripts) }), [
    `- \`${WORKFLOW}\`: \`cargo test --locked --all-features\``,
  ])
})

test('of CI, what runs in another folder, with variables or at releases replaces nothing', async () => {
  const usual = ['- `Cargo.toml` (standard commands): `cargo build`, `cargo test`']
  const inFolder = workflow('cargo test').replace('run: |', 'working-directory: sub\n        run: |')
  const ofOther = workflow('cargo test --manifest-path other/Cargo.toml')
  for (const text of [
    workflow(`cargo test -p ${VALUE}`),
    workflow(`cargo test ${VALUE}`),
    workflow('cargo clippy'),
    inFolder,
    ofOther,
  ])
    assert.deepEqual(await linesOf({ ...crate, [WORKFLOW]: text }), usual)
  const release = { '.github/workflows/release.yml': workflow('cargo test') }
  assert.deepEqual(await linesOf({ ...crate, ...release }), usual)
  const composite = { '.github/workflows/composite.yml': workflow('cargo test --locked') }
  assert.deepEqual(await linesOf({ ...crate, ...composite }), [
    '- `.github/workflows/composite.yml`: `cargo test --locked`',
  ])
  const target = (name: string): string => `[[test]]\nname = "${name}"\nrequired-features = ["full"]\n`
  const required = { ...crate, 'Cargo.toml': crate['Cargo.toml'] + target('a') + target('b') }
  assert.deepEqual(await linesOf(required), [
    '- `Cargo.toml` (standard commands): `cargo build`, `cargo test --features full`',
  ])
  const go = { 'go.mod': 'module a\n', 'a.go': 'package a\n', 'a_test.go': 'package a\n' }
  const partial = { [WORKFLOW]: workflow('go test -v ./meta') }
  assert.deepEqual(await linesOf({ ...go, ...partial }), [
    '- `go.mod` (standard commands): `go build ./...`, `go test ./...`',
  ])
  const rails = { 'a.rb': 'A = 1\n', 'bin/rails': '#!/usr/bin/env ruby\n', Gemfile: "gem 'rails'\n" }
  assert.deepEqual(await linesOf({ ...rails, [WORKFLOW]: workflow('bin/rails test') }), [
    `- \`${WORKFLOW}\`: \`bin/rails test\``,
  ])
  const install = '## Building\n\n```\nbundle install --without test\nbin/rails db:migrate\n```\n'
  assert.ok(
    (await linesOf({ ...rails, INSTALL: install, [WORKFLOW]: workflow('bin/rails test') })).includes(
      `- \`${WORKFLOW}\`: \`bin/rails test\``,
    ),
  )
  const weekly = workflow('cargo test').replace('[push]', '{ schedule: [{ cron: "0 0 * * 0" }] }')
  assert.deepEqual(await linesOf({ ...crate, [WORKFLOW]: weekly }), usual)
})

test('of CI, neither scans of the code, builds without tests nor steps that install a tool replace anything', async () => {
  const usual = ['- `build.gradle` (standard commands): `gradle build`, `gradle check`']
  const gradle = { 'A.java': 'class A {}\n', 'build.gradle': '\n' }
  const scan = workflow('gradle build --no-build-cache')
  assert.deepEqual(await linesOf({ ...gradle, '.github/workflows/code-scanning.yml': scan }), usual)
  assert.deepEqual(await linesOf({ ...gradle, [WORKFLOW]: workflow('gradle build -x test') }), usual)
  const tox = { 'a.py': 'x = 1\n', 'tox.ini': '[tox]\n', [WORKFLOW]: workflow('uv tool install tox --with tox-uv') }
  assert.deepEqual(await linesOf(tox), ['- `tox.ini` (standard commands): `tox run`'])
})

test('commands that only build the website are no section, and without a documented test those of the tool are left', async () => {
  const scripts = { 'docs:build': 'vuepress build docs', 'docs:clean': 'rimraf dist' }
  const site = { 'A.cs': 'class A {}\n', 'package.json': JSON.stringify({ private: true, scripts }) }
  assert.deepEqual(await linesOf(site), [])
  const linted = '# Work\n\n## Linting\n\n```\nrustup component add clippy\ncargo clippy\n```\n'
  assert.deepEqual(await linesOf({ ...crate, 'CONTRIBUTING.md': linted }), [
    '- `CONTRIBUTING.md` (Linting): `rustup component add clippy`, `cargo clippy`',
    '- `Cargo.toml` (standard commands): `cargo build`, `cargo test`',
  ])
})

test('of CI, what the matrix gives a variable is not whole, and tests of each package are all told', async () => {
  const varied = `${workflow('cargo test')}        env:\n          PART: ${VALUE}\n`
  assert.deepEqual(await linesOf({ ...crate, [WORKFLOW]: varied }), [
    '- `Cargo.toml` (standard commands): `cargo build`, `cargo test`',
  ])
  const tox = { 'a.py': 'x = 1\n', 'tox.ini': '[tox]\n', [WORKFLOW]: workflow('tox run -e typing') }
  assert.deepEqual(await linesOf(tox), ['- `tox.ini` (standard commands): `tox run`'])
  const each = workflow('cargo test --verbose --package a', 'cargo test --verbose --package core')
  assert.deepEqual(await linesOf({ ...crate, [WORKFLOW]: each }), [
    `- \`${WORKFLOW}\`: \`cargo test --verbose --package a\`, \`cargo test --verbose --package core\``,
  ])
})

test('a tool that CI does not test with has no usual commands, nor has one for users of another language', async () => {
  const python = { 'a.py': 'x = 1\n', 'tox.ini': '[tox]\n', 'pyproject.toml': '[tool.poetry]\nname = "a"\n' }
  const lines = await linesOf({
    ...python,
    [WORKFLOW]: workflow('pip install tox', 'poetry install', 'poetry run pytest -q'),
  })
  assert.deepEqual(lines, [`- \`${WORKFLOW}\`: \`poetry install\`, \`poetry run pytest -q\``])
  assert.deepEqual(await linesOf({ ...crate, [WORKFLOW]: workflow('go test ./...'), 'go.mod': 'module a\n' }), [
    `- \`${WORKFLOW}\`: \`go test ./...\``,
  ])
  assert.deepEqual(await linesOf({ 'a.c': 'int a;\n', 'Package.swift': 'let package = Package(name: "a")\n' }), [])
})

test('what most of the code needs is installed before the scripts of its web pages', async () => {
  const files = {
    'composer.json': '{"name":"acme/app","type":"project"}',
    'app/User.php': '<?php\nclass User {}\n',
    'package.json': '{"private":true,"scripts":{"build":"vite build"}}',
  }
  assert.deepEqual(await linesOf(files), [
    '- `composer.json` (standard commands): `composer install`',
    '- `package.json`: `npm run build` (`vite build`)',
  ])
  assert.deepEqual(await linesOf({ ...files, 'app/a.js': 'a()\n', 'app/b.js': 'b()\n' }), [
    '- `package.json`: `npm run build` (`vite build`)',
  ])
})

test('Go, .NET, CMake, PHP and Python say what they can do with what is there', async () => {
  assert.deepEqual(
    await linesOf({
      'go.mod': 'module a\n',
      'a.go': 'package a\n',
      'a_test.go': 'package a\n',
      'cmd/tool/main.go': 'package main\n\nfunc main() {}\n',
    }),
    ['- `go.mod` (standard commands): `go build ./...`, `go test ./...`, `go run ./cmd/tool`'],
  )
  assert.deepEqual(
    await linesOf({
      'Src/A.slnx': '<Solution><Project Path="A/A.csproj" /></Solution>',
      'Src/A/A.csproj': '<Project Sdk="Microsoft.NET.Sdk"><OutputType>Exe</OutputType></Project>',
      'Src/A/A.cs': 'class A {}\n',
      'Src/A.Tests/A.Tests.csproj': '<Project><PackageReference Include="Microsoft.NET.Test.Sdk" /></Project>',
    }),
    ['- `Src/A.slnx` (standard commands): `dotnet build Src/A.slnx`, `dotnet test Src/A.slnx`'],
  )
  // A script of its own says how it is built.
  assert.deepEqual(
    await linesOf({ 'A.sln': '', 'build.sh': 'dotnet run --project build\n', 'A/A.cs': 'class A {}\n' }),
    [],
  )
  const built = '- `CMakeLists.txt` (standard commands): `cmake -B build`, `cmake --build build`'
  const ofCMake = (text: string): Promise<string[]> => linesOf({ 'a.c': 'int a;\n', 'CMakeLists.txt': text })
  const own = 'project(a)\nenable_testing()\nadd_library(a a.c)\n'
  assert.deepEqual(await ofCMake(`${own}add_test(NAME a COMMAND a)\n`), [`${built}, \`ctest --test-dir build\``])
  assert.deepEqual(await ofCMake(own), [built], 'nothing adds a test')
  const optional =
    'option(CHECKS "Tests" OFF)\nadd_library(a a.c)\nif(CHECKS)\n  include(CTest)\n  add_subdirectory(t)\nendif()\n'
  assert.deepEqual(await ofCMake(optional), [
    `${built.replace('-B build', '-B build -DCHECKS=ON')}, \`ctest --test-dir build\``,
  ])
  assert.deepEqual(await ofCMake(optional.replace('OFF', 'ON')), [`${built}, \`ctest --test-dir build\``])
  assert.deepEqual(
    await ofCMake(optional.replace('(CHECKS)', '(CHECKS OR CI)')),
    [built],
    'it may take several options',
  )
  // Headers are not built, nor is what is below an option that is off.
  const headers = 'project(a)\noption(DEMO "Demos" OFF)\nadd_library(a INTERFACE)\nadd_library(a::a ALIAS a)\n'
  const demos = 'if( DEMO )\n  add_subdirectory(demo)\nendif()\n'
  assert.deepEqual(await ofCMake('project(a LANGUAGES C)\nenable_language(Swift)\nadd_library(a a.c)\n'), [])
  assert.deepEqual(await ofCMake(headers + demos), [])
  assert.deepEqual(await ofCMake(`${headers.replace('OFF', 'ON')}${demos}`), [built])
  assert.deepEqual(await ofCMake(`${headers}${demos}add_executable(b b.c)\n`), [built])
  assert.deepEqual(
    await linesOf({
      'global.json': '{ "test": { "runner": "Microsoft.Testing.Platform" } }',
      'A.slnx': '<Solution><Project Path="A.Tests/A.Tests.csproj" /></Solution>',
      'A.Tests/A.Tests.csproj': '<Project><PackageReference Include="Microsoft.NET.Test.Sdk" /></Project>',
      'A.cs': 'class A {}\n',
    }),
    ['- `A.slnx` (standard commands): `dotnet build A.slnx`, `dotnet test --solution A.slnx`'],
  )
  assert.deepEqual(
    await linesOf({ 'a.php': '<?php\n', 'composer.json': '{"scripts": {"lint": "x", "test": ["a", "b"]}}' }),
    ['- `composer.json`: `composer install`, `composer test` (`a && b`), `composer lint` (`x`)'],
  )
  assert.deepEqual(
    await linesOf({
      'a.py': 'x = 1\n',
      'uv.lock': '',
      'pyproject.toml': '[project]\nname = "a"\nclassifiers = ["Private :: Do Not Upload"]\n[tool.pytest]\nx = 1\n',
    }),
    ['- `pyproject.toml` (standard commands): `uv sync`, `uv run pytest`'],
  )
  assert.deepEqual(
    await linesOf({
      'a.py': 'x = 1\n',
      'uv.lock': '',
      'poetry.lock': '',
      'pyproject.toml': '[tool.poetry]\nname = "a"\nclassifiers = ["Private :: Do Not Upload"]\n[tool.pytest]\nx = 1\n',
    }),
    ['- `pyproject.toml` (standard commands): `poetry install`, `poetry run pytest`'],
  )
})

test('scripts of npm run by the manager whose lock file there is', async () => {
  const manifest = { 'package.json': '{"scripts": {"test": "x", "build": "y"}}', 'a.ts': 'x\n' }
  for (const [lock, line] of [
    ['package-lock.json', '`npm run build` (`y`), `npm test` (`x`)'],
    ['pnpm-lock.yaml', '`pnpm run build` (`y`), `pnpm test` (`x`)'],
    ['bun.lock', '`bun run build` (`y`), `bun run test` (`x`)'],
  ] as const) {
    assert.deepEqual(await linesOf({ ...manifest, [lock]: '{}' }), [`- \`package.json\`: ${line}`])
  }
})

test('a target that serves or enters a folder which nothing makes is no command', async () => {
  const targets = 'all: test\n\ntest:\n\tgo test ./...\n\ndocs:\n\tnpx docsify-cli serve ./docs\n'
  const of = (more: Record<string, string>): Promise<string[]> =>
    linesOf({ 'a.c': 'int a;\n', Makefile: targets, ...more })
  assert.doesNotMatch((await of({})).join(), /docs/)
  assert.match((await of({ 'docs/index.html': '<p>a</p>' })).join(), /make docs/)
})

test('a comment that names its target describes it, and no other comment is a target', async () => {
  const targets =
    '# as in "## <TARGET>: <WORDS>".  For example:\n## build: make it\nbuild:\n\t./b\n\n## test: run all\ntest:\n\t./a\n'
  assert.deepEqual(await linesOf({ 'a.c': 'int a;\n', Makefile: targets }), [
    '- `Makefile`: `make build` (make it), `make test` (run all)',
  ])
})

test('hooks of Git are no scripts for users, nor is what starts a file that does not exist', async () => {
  const scripts =
    '{"commitmsg": "commitlint -e", "prepush": "x", "web": "node web", "serve": "node dist", "start": "node app"}'
  assert.deepEqual(await linesOf({ 'package.json': `{"scripts": ${scripts}}`, 'app.js': 'x()\n' }), [
    '- `package.json`: `npm start` (`node app`), `npm run serve` (`node dist`)',
  ])
})

test('a manifest below the top counts where the main code is, and hostile names give no command', async () => {
  assert.deepEqual(
    await linesOf({
      'server/src/main.rs': 'fn main() {}\n',
      'server/Cargo.toml': '[package]\nname = "a"\npublish = false\n',
      'docs/Makefile': 'html:\n\ttrue\n',
      'a; rm -rf x/go.mod': 'module a\n',
      'a; rm -rf x/a.go': 'package a\n',
      'package.json': '{"scripts": {"$(x)": "y", "a b": "z"}}',
    }),
    ['- `server/Cargo.toml` (standard commands): `cd server && cargo build`, `cd server && cargo test`'],
  )
})

test('what is published says how its users install it, what is private does not', async () => {
  const installed = async (texts: Record<string, string>): Promise<string | undefined> => {
    const { markdown } = await documentOf(texts)
    return /^Install: (.+)$/m.exec(markdown.get('overview.md') ?? '')?.[1]
  }
  const npm = (more: object): string => JSON.stringify({ name: 'orbit', version: '1.0.0', ...more })
  assert.equal(await installed({ 'index.js': 'x\n', 'package.json': npm({}) }), '`npm install orbit`')
  assert.equal(
    await installed({ 'cli.js': 'x\n', 'package.json': npm({ bin: 'cli.js' }) }),
    '`npm install --global orbit`',
  )
  assert.equal(
    await installed({ 'index.js': 'x\n', 'package.json': npm({ private: true, scripts: { test: 'x' } }) }),
    undefined,
  )
  assert.equal(
    await installed({ 'index.js': 'x\n', 'package.json': npm({ name: 'orbit; rm -rf x', scripts: { test: 'x' } }) }),
    undefined,
  )
  const python = '[project]\nname = "orbit"\n'
  assert.equal(
    await installed({ 'orbit.py': 'x = 1\n', 'pyproject.toml': `${python}[build-system]\nrequires = ["hatchling"]\n` }),
    '`pip install orbit`',
  )
  // Nothing is built of an application.
  assert.equal(await installed({ 'orbit.py': 'x = 1\n', 'pyproject.toml': python }), undefined)
  assert.equal(await installed({ 'src/a.js': 'x\n', 'package.json': npm({ scripts: { test: 'x' } }) }), undefined)
  assert.equal(
    await installed({
      'go.mod': 'module example.org/acme/orbit/v2\n',
      'orbit.go': 'package orbit\n',
      'cmd/orbit/main.go': 'package main\n\nfunc main() {}\n',
    }),
    '`go get example.org/acme/orbit/v2`, `go install example.org/acme/orbit/v2/cmd/orbit@latest`',
  )
  assert.equal(
    await installed({
      'README.md': '# orbit\n\n## Install\n\n```\ngo get example.org/acme/orbit\n```\n',
      'go.mod': 'module example.org/acme/orbit/v2\n',
      'cmd/orbit/main.go': 'package main\n\nfunc main() {}\n',
    }),
    '`go install example.org/acme/orbit/v2/cmd/orbit@latest`',
    'the README tells of a module of before',
  )
  assert.equal(
    await installed({
      'README.md': '# orbit\n\n## Install\n\n```\ngo get -u example.org/acme/orbit\n```\n',
      'go.mod': 'module example.org/acme/orbit\n',
      'main.go': 'package main\n\nfunc main() {}\n',
    }),
    '`go install example.org/acme/orbit@latest`',
    '`go get` installs no program',
  )
  assert.equal(
    await installed({
      'lib/orbit.rb': 'x\n',
      'orbit.gemspec': 'Gem::Specification.new do |s|\n  s.name = "orbit"\nend\n',
    }),
    '`gem install orbit`',
  )
  assert.equal(
    await installed({ 'a.php': '<?php\n', 'composer.json': '{"name": "acme/orbit"}' }),
    '`composer require acme/orbit`',
  )
  assert.equal(
    await installed({ 'a.php': '<?php\n', 'composer.json': '{"name": "acme/orbit", "keywords": ["testing"]}' }),
    '`composer require --dev acme/orbit`',
  )
  const program = {
    'a.php': '<?php\n',
    'bin/orbit': '<?php\n',
    'composer.json': '{"name": "acme/orbit", "bin": "bin/orbit"}',
  }
  assert.equal(await installed(program), undefined, 'nobody says that others require a program')
  assert.equal(
    await installed({
      ...program,
      'composer.json': '{"name": "acme/orbit", "bin": "bin/orbit", "keywords": ["testing"]}',
    }),
    '`composer require --dev acme/orbit`',
  )
  const documented = { ...program, 'docs/use.md': '# Use\n\n```\ncomposer require acme/orbit\n```\n' }
  assert.match(
    (await documentOf(documented)).markdown.get('overview.md') ?? '',
    /^Install \(.+\): `composer require acme\/orbit`$/m,
  )
  assert.equal(
    await installed({
      'a/Cargo.toml': '[package]\nname = "orbit"\n',
      'a/src/lib.rs': 'pub fn f() {}\n',
      'a/src/main.rs': 'fn main() {}\n',
    }),
    '`cargo install orbit`',
    'a program of the name of the package is what users install',
  )
})

test('an install line is one that can be pasted: of the README, or with the version of the manifest', async () => {
  const line = async (files: Record<string, string>): Promise<string | undefined> =>
    /^Install.*: (`.+)$/m.exec(document(await analysedSample(files)).markdown.get('overview.md') ?? '')?.[1]
  const pom = (version: string): string =>
    `<project><groupId>org.acme</groupId><artifactId>orbit</artifactId><version>${version}</version></project>`
  const code = { 'src/main/java/A.java': 'public class A { public void run() {} }\n' }
  assert.equal(await line({ ...code, 'pom.xml': pom('1.2') }), '`implementation("org.acme:orbit:1.2")`')
  assert.equal(await line({ ...code, 'pom.xml': pom('1.2-SNAPSHOT') }), undefined)
  const readme = (text: string): Record<string, string> => ({ 'README.md': `# orbit\n\n\`\`\`\n${text}\n\`\`\`\n` })
  const told =
    'implementation("org.acme:orbit:1.1") // Gradle\ncompile "org.acme:other:1.0"\nimplementation("org.acme:orbit:x")'
  assert.equal(
    await line({ ...code, 'pom.xml': pom('1.2-SNAPSHOT'), ...readme(told) }),
    '`implementation("org.acme:orbit:1.1")`',
  )
  const block = (version: string): string =>
    `  <dependency>\n    <groupId>org.acme</groupId>\n    <artifactId>orbit</artifactId>\n    <version>${version}</version>\n  </dependency>`
  // The block of Maven stands whole.
  const overview = document(
    await analysedSample({ ...code, 'pom.xml': pom('1.2-SNAPSHOT'), ...readme(`${block('1.1')}\n${block('0.9')}`) }),
  ).markdown.get('overview.md')
  assert.match(
    overview ?? '',
    /^Install \(.*\):\n\n```xml\n<dependency>\n {2}<groupId>org\.acme.*\n.*\n.*1\.1<.*\n<\/dependency>\n```$/m,
  )
  const cargo = { 'Cargo.toml': '[package]\nname = "orbit"\n', 'src/main.rs': 'fn main() {}\n' }
  assert.equal(await line({ ...cargo, ...readme('cargo install --locked orbit') }), '`cargo install --locked orbit`')
  const gem = { 'orbit.gemspec': 'Gem::Specification.new do |spec|\n  spec.name = "orbit"\nend\n' }
  assert.equal(await line({ ...gem, ...readme('bundle add orbit') }), '`bundle add orbit`')
  // Others package it for npm.
  const packaged = '# orbit\n\n## Installation\n\n```\nnpm install -g orbit\n```\n'
  assert.equal(await line({ ...cargo, 'README.md': packaged }), '`cargo install orbit`')
  const guide = { 'docs/_index.md': '# Start\n\n```\ncargo install --locked orbit\n```\n' }
  assert.equal(await line({ ...cargo, ...guide }), '`cargo install --locked orbit`')
  const table = { 'README.md': '# orbit\n\n> | any | `cargo install orbit --locked` |\n' }
  assert.equal(await line({ ...cargo, ...table }), '`cargo install orbit --locked`')
  const npm = { 'package.json': '{"name":"@far/orbit","version":"1.0.0","main":"index.js"}', 'index.js': '' }
  assert.equal(await line({ ...npm, ...readme('npm i -g <b>@far/orbit</b>') }), '`npm i -g @far/orbit`')
  assert.equal(await line({ ...npm, ...readme('npm install @far/orbit@next') }), '`npm install @far/orbit@next`')
  // Together with what it requires of its user, and nothing else.
  const peers = npm['package.json'].replace('{', '{"peerDependencies":{"react":"*"},')
  for (const [others, shown] of [
    ['react', '@far/orbit react'],
    ['react left-pad', '@far/orbit'],
  ] as const)
    assert.equal(
      await line({ ...npm, 'package.json': peers, ...readme(`npm install @far/orbit ${others}`) }),
      `\`npm install ${shown}\``,
    )
  assert.equal(
    await line({ ...cargo, ...readme('cargo install --git https://orbit.example/orbit') }),
    '`cargo install orbit`',
  )
  const swift =
    'import PackageDescription\nlet package = Package(name: "orbit", products: [.library(name: "Orbit", targets: ["Orbit"])], targets: [.target(name: "Orbit")])\n'
  assert.equal(
    await line({
      'Package.swift': swift,
      'Sources/Orbit/Orbit.swift': 'public func run() {}\n',
      ...readme('.package(url:  "https://example.org/acme/orbit.git", from: "1.6.0"),'),
    }),
    '`.package(url: "https://example.org/acme/orbit.git", from: "1.6.0")`',
  )
  assert.equal(
    await line({
      'Package.swift': swift,
      'Sources/Orbit/Orbit.swift': 'public func run() {}\n',
      'Orbit.podspec': 'Pod::Spec.new do |s|\n  s.name = "Orbit"\n  s.version = "2.0.1"\nend\n',
      ...readme('.package(url: "https://example.org/acme/orbit.git", from: "1.6.0"),'),
    }),
    undefined,
    'the README is of another major version',
  )
})

test('configure is told only where it asks for nothing', async () => {
  const files = { 'a.c': 'int a;\n' }
  assert.deepEqual(await linesOf({ ...files, 'configure.ac': 'AC_INIT([a])\n' }), [
    '- `configure.ac` (standard commands): `autoreconf -i && ./configure && make`',
  ])
  const asks = 'AC_MSG_ERROR([select a backend or disable it with --without-ssl.])\n'
  assert.deepEqual(await linesOf({ ...files, 'configure.ac': asks }), [])
})

test('of many projects of sbt no command is told, and what installs the project elsewhere does not build it', async () => {
  const sbt = 'lazy val root = project.in(file(".")).aggregate(core)\n'
  assert.deepEqual(await linesOf({ 'a.scala': 'class A\n', 'build.sbt': sbt }), [])
  const named = 'addCommandAlias("testAll", "test")\n'
  assert.deepEqual(await linesOf({ 'a.scala': 'class A\n', 'build.sbt': named }), [])
  const python = { 'pyproject.toml': '[project]\nname = "orbit"\nversion = "1"\n', 'orbit/__init__.py': 'a = 1\n' }
  const told = (text: string): Promise<string[]> =>
    linesOf({ ...python, 'CONTRIBUTING.md': `# Work\n\n## Development\n\n\`\`\`\n${text}\n\`\`\`\n` })
  assert.ok(!(await told('poetry add orbit')).some((line) => line.includes('poetry add')))
  assert.ok((await told('pytest -q')).some((line) => line.includes('pytest -q')))
})

test('sbt builds only documents beside Mill, whose commands are in no file', async () => {
  assert.deepEqual(await linesOf({ 'a.scala': 'class A\n', 'build.sbt': '', 'build.sc': '' }), [])
})

test('recipes of a justfile with parameters and defaults are commands', async () => {
  const just =
    "name := 'a'\n\nbuild:\n  cc a\n\nwatch +args='test':\n  run\n\nfilter PATTERN: (watch PATTERN)\n\ndone BRANCH=`git x`:\n  x\n"
  assert.deepEqual(await linesOf({ 'a.c': 'int a;\n', justfile: just }), [
    '- `justfile`: `just watch` (`run`), `just build` (`cc a`), `just done` (`x`)',
  ])
  const told =
    '# Plans an orbit.\nplan:\n  a\n  b\n\n# About nothing.\n\nlint: plan ## Checks the code\n  c {{x}}\n\n[private]\nsecret:\n  x\n\nodd:\n  a\n  b\n'
  assert.deepEqual(await linesOf({ 'a.c': 'int a;\n', justfile: told.replaceAll('\n', '\r\n') }), [
    '- `justfile`: `just lint` (Checks the code), `just plan` (Plans an orbit.)',
  ])
})

test('commands of CI that rely on a restore come with it', async () => {
  const texts = { 'A.cs': 'class A {}\n', 'A.sln': '\n' }
  const steps = ['dotnet build -c Release --no-restore', 'dotnet test -c Release --no-restore --no-build']
  assert.deepEqual(await linesOf({ ...texts, [WORKFLOW]: workflow('dotnet restore', ...steps) }), [
    `- \`${WORKFLOW}\`: \`dotnet restore\`, \`${steps[0]}\`, \`${steps[1]}\``,
  ])
  for (const line of await linesOf({ ...texts, [WORKFLOW]: workflow(...steps) }))
    assert.doesNotMatch(line, /--no-restore/)
})

test('scripts that change the checkout or prepare a release build nothing', async () => {
  const scripts = { build: 'tsc', changeset: 'changeset', 'git-reset': 'git reset --hard HEAD', bump: 'python bump.py' }
  assert.deepEqual(await linesOf({ 'a.js': 'a()\n', 'package.json': JSON.stringify({ name: 'a', scripts }) }), [
    '- `package.json`: `npm run build` (`tsc`)',
  ])
})
