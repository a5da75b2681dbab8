import assert from 'node:assert/strict'
import { test } from 'node:test'
import { workTargets } from '#generate/pages/commands/make-targets.ts'
import { readMakeTargets } from '#generate/pages/commands/makefile.ts'
import { installsOwn, orderInstalls } from '#generate/pages/commands/own-commands.ts'
import { documentOf } from './real-sample.ts'

const buildOf = async (texts: Record<string, string>): Promise<string> => {
  const { markdown, verification } = await documentOf(texts)
  assert.deepEqual(verification.faults, [])
  const overview = (markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  return overview.split('## To build, run and test')[1]?.split('\n## ')[0] ?? ''
}

test('an install command is one that names a package of the repository', () => {
  const names = new Set(['orbit', '@acme/orbit'])
  for (const line of [
    'npm i -g @acme/orbit',
    'pip install orbit[all]',
    'go install github.com/acme/orbit@latest',
    'brew install orbit',
  ])
    assert.equal(installsOwn(line, names), true, line)
  for (const line of [
    'cargo install --git https://github.com/x/cross.git cross',
    'node split.js -s',
    'npm install orbital',
    'orbit --help',
    'swift run orbit',
  ])
    assert.equal(installsOwn(line, names), false, line)
})

test('install commands for one system come last, and an upgrade counts only where nothing else installs', () => {
  assert.deepEqual(orderInstalls(['brew install orbit', 'pip install -U orbit[all]']), [
    'pip install -U orbit[all]',
    'brew install orbit',
  ])
  assert.deepEqual(
    orderInstalls(['pip install orbit', 'python -m pip install --upgrade orbit', 'sudo apt install orbit']),
    ['pip install orbit', 'sudo apt install orbit'],
  )
  assert.deepEqual(orderInstalls(['pip install -U orbit', 'pip install "orbit[redis]"']), [
    'pip install -U orbit',
    'pip install "orbit[redis]"',
  ])
  assert.deepEqual(orderInstalls(['npm install orbit', 'npm install orbit left-pad']), ['npm install orbit'])
  assert.deepEqual(orderInstalls(['brew install --HEAD orbit']), [])
  assert.equal(installsOwn('brew upgrade orbit', new Set(['orbit'])), false)
})

test('a README tells to build with what the repository defines, and nothing that users run in their own projects', async () => {
  const texts = {
    'index.js': 'export const a = 1\n',
    'package.json': '{"name":"orbit","main":"index.js","scripts":{"build":"tsc"}}',
    'README.md':
      '# orbit\n\n## Development\n\n```sh\nnpm run build\nnpm run deploy\nyarn test\nmake all\nnpm install left-pad\nnode index.js\ncargo build\n```\n',
  }
  const build = await buildOf(texts)
  assert.match(build, /`npm run build`/)
  assert.doesNotMatch(build, /deploy|yarn|left-pad|node index|cargo/)
  const pure = { ...texts, 'README.md': '# orbit\n\n## Development\n\n```sh\nnpm run build\n```\n' }
  assert.match(await buildOf(pure), /^- `README\.md` \(Development\): `npm run build`$/m)
})

test('of scripts those are told that people call, whole; steps of theirs and what publishes are left out', async () => {
  const scripts = {
    'build:a': 'x a',
    'build:b': 'x b',
    build: 'run-s build:*',
    'test:unit': 'y',
    prepack: 'z',
    lint: `eslint ${'a'.repeat(120)}`,
    bench: 'node bench.js',
    play: 'node play.js',
    format: 'prettier --check .',
    update: 'rm -rf node_modules && ncu -u',
    pretest: 'x',
    release: 'np',
    test: 'node --test',
  }
  const build = await buildOf({
    'index.js': 'export const a = 1\n',
    'package.json': JSON.stringify({ private: true, scripts }),
  })
  assert.equal(
    build.trim(),
    '- `package.json`: `npm run build` (`run-s build:*`), `npm test` (`node --test`), `npm run lint`, `npm run play` (`node play.js`), `npm run bench` (`node bench.js`)',
  )
  for (const test of [
    'echo "Error: no test specified" && exit 1',
    'node -e "console.warn(\'Removed. Use \\"make test\\" instead.\')"',
  ]) {
    const unwritten = { private: true, scripts: { test } }
    assert.equal(await buildOf({ 'index.js': 'export const a = 1\n', 'package.json': JSON.stringify(unwritten) }), '')
  }
})

test('a script that a document runs without `run` is told once', async () => {
  const build = await buildOf({
    'index.js': 'export const a = 1\n',
    'pnpm-lock.yaml': '',
    'package.json': JSON.stringify({ private: true, scripts: { build: 'tsc', check: 'tsc --noEmit' } }),
    'CONTRIBUTING.md': '# Work\n\n## Build\n\n```\npnpm build\n```\n',
  })
  assert.match(build, /`pnpm build`/)
  assert.match(build, /`pnpm run check`/)
  assert.doesNotMatch(build, /pnpm run build/)
})

test('what is run as a package is prepared is told where nothing else builds it', async () => {
  const of = (scripts: object): Promise<string> =>
    buildOf({ 'index.js': 'export const a = 1\n', 'package.json': JSON.stringify({ private: true, scripts }) })
  assert.equal(
    (await of({ test: 'tap', prepare: 'tshy && bash build.sh' })).trim(),
    '- `package.json`: `npm run prepare` (`tshy && bash build.sh`), `npm test` (`tap`)',
  )
  for (const scripts of [
    { test: 'tap', prepare: 'husky' },
    { test: 'tap', build: 'tsc', prepare: 'tsc' },
  ])
    assert.doesNotMatch(await of(scripts), /prepare/)
})

test('a package beside the one at the top is not how the project is installed', async () => {
  const { markdown } = await documentOf({
    'go.mod': 'module example.org/acme/orbit\n',
    'main.go': 'package main\n\nfunc main() {}\n',
    'npm/package.json': '{"name":"orbit","version":"1.0.0","bin":"orbit.js"}',
    'npm/orbit.js': 'console.log(1)\n',
  })
  assert.match(markdown.get('overview.md') ?? '', /^Install: `go install example\.org\/acme\/orbit@latest`$/m)
})

test('tests of a Python package come with the extra or group that they need', async () => {
  const of = (more: string): Promise<string> =>
    buildOf({ 'a/__init__.py': 'A = 1\n', 'pyproject.toml': `[project]\nname = "a"\n${more}\n[tool.pytest]\nx = 1\n` })
  assert.match(
    await of('[project.optional-dependencies]\ntest = ["pytest"]'),
    /`pip install -e "\.\[test\]"`, `pytest`/,
  )
  assert.match(await of('[dependency-groups]\ntest = ["pytest"]'), /`pip install -e \. --group test`, `pytest`/)
  const environment = '[tool.hatch.envs.test]\ndependencies = ["pytest"]'
  assert.doesNotMatch(await of(`[dependency-groups]\nlint = ["ruff"]\n${environment}`), /--group/)
  // Where nothing says what the tests need, they may fail.
  assert.match(await of(''), /`pip install -e \.`$/m)
})

test('a check of the format is no test', async () => {
  const build = await buildOf({
    'src/lib.rs': 'pub fn f() {}\n',
    'Cargo.toml': '[package]\nname = "orbit"\n',
    '.github/workflows/ci.yml':
      'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: cargo fmt -- --check\n',
  })
  assert.match(build, /standard commands\): `cargo build`, `cargo test`/)
})

test('a command of CI that throws its result away is none', async () => {
  const build = await buildOf({
    'plan.go': 'package orbit\n\nfunc Plan() {}\n',
    'go.mod': 'module example.org/orbit\n\ngo 1.22\n',
    '.github/workflows/ci.yml':
      'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: go test -c -o /dev/null ./plan\n      - run: go vet ./...\n',
  })
  assert.match(build, /go build/)
  assert.doesNotMatch(build, /dev\/null/)
})

test('tasks that libraries of Rake define are tasks', async () => {
  const build = await buildOf({
    'lib/a.rb': 'A = 1\n',
    Rakefile:
      'require "rake/testtask"\nRake::TestTask.new\nRSpec::Core::RakeTask.new(:specs)\nRuboCop::RakeTask.new\nnamespace :test do\n  Rake::TestTask.new(:units) do |t|\n  end\nend\ntask :bench do\nend\ntask default: [:rubocop, "test"]\n',
  })
  assert.match(build, /`rake` \(`rubocop, test`\), `rake test`, `rake rubocop`, `rake bench`$/m)
})

test('tasks whose names are computed are not told, nor how many there are', async () => {
  const build = await buildOf({
    'lib/a.rb': 'A = 1\n',
    Rakefile: `require 'bundler/gem_tasks'

RSpec::Core::RakeTask.new('spec')
RSpec::Core::RakeTask.new('spec:unit') do |t|
  t.pattern = 'spec/unit/*_spec.rb'
end
RSpec::Core::RakeTask.new(chosen)

def also(name, original)
  task name => original
end
also(:lint, :rubocop)

namespace :all do
  desc "Builds #{NAME} for all"
  task :build => ['build'] + PLATFORMS.map { |one| "windows:#{one}:build" }
end

namespace :windows do
  PLATFORMS.each do |platform|
    namespace platform do
      task 'pack' do
        sh "gem build"
      end
      Rake::TestTask.new(:check)
    end
  end
  task :clean do
  end
end
`,
  })
  assert.match(
    build,
    /: `rake spec`, `rake lint`, `rake all:build`, `rake windows:clean`, `rake -T` \(lists the tasks\)$/m,
  )
})

test('of targets that differ by a version the last stands for all, and a variable of a target is none', () => {
  const text =
    'build38: PY = 3.8\nbuild39: PY = 3.9\nbuild38 build39 build310: clean\n\techo a: b\ntest: build310 ## Runs all\nv1: x\nX := 1\nOBJS = $(SRC:.c=.o)\n.PHONY: no\n'
  assert.deepEqual(readMakeTargets(text), [
    ['build310', ''],
    ['test', 'Runs all'],
    ['v1', ''],
  ])
})

test('a rule may go on below, also with the line breaks of Windows', () => {
  const text = '## build: Compiles it\nbuild:\n\tcc a.c\nlint:\n\teslint src\nall: build \\\n     lint\n'
  for (const written of [text, text.replaceAll('\n', '\r\n')])
    assert.deepEqual(
      workTargets(written).map(({ name, words, runs }) => [name, words, runs]),
      [
        ['build', 'Compiles it', ''],
        ['lint', '', 'eslint src'],
        ['all', '', 'build, lint'],
      ],
    )
})

test('targets that make data are no work on the program; those that build it by name, by recipe or by what they need are', () => {
  const text =
    'themes.json:\n\t@./scripts/load.sh\nall: themes.json\n\t@echo all\nrefresh:\n\t@rm -f themes.json\n\t@$(MAKE) all\norbit: deps\n\t$(CC) -o orbit\nrelay:\n\tgo generate ./...\nlint-all:\n\t@x\neverything: orbit\n'
  assert.deepEqual(
    workTargets(text).map(({ name }) => name),
    ['orbit', 'relay', 'lint-all', 'everything'],
  )
})

test('make says that it lists its tasks, and what publishes or is only for others is none', async () => {
  const build = await buildOf({
    'a.c': 'int a() { return 1; }\n',
    Makefile:
      'BIN = venv/bin\ndefault: list\nlist:\n\t@grep -E "##" $(MAKEFILE_LIST)\ntest: install-deps\n\t$(BIN)/python -m pytest $(COV)\ninstall-deps:\n\tpip install x\nupload-coverage:\n\tcodecov\nship-test:\n\ttwine upload dist\ncheck: ## All checks\n\tx\n',
  })
  assert.match(
    build,
    /`Makefile`: `make` \(lists the tasks\), `make check` \(All checks\), `make test` \(`venv\/bin\/python -m pytest`\)$/m,
  )
})

test('no target of make is told that changes the code, by itself or by what it needs', async () => {
  const build = await buildOf({
    'a.php': '<?php\nfunction a() {}\n',
    Makefile:
      'all: phpcbf phpunit\nphpunit:\n\t@vendor/bin/phpunit\nphpcbf:\n\t@vendor/bin/phpcbf || true\nphpstan:\n\t@vendor/bin/phpstan analyse\n',
  })
  assert.equal(
    build.trim(),
    '- `Makefile`: `make phpunit` (`vendor/bin/phpunit`), `make phpstan` (`vendor/bin/phpstan analyse`)',
  )
})

test('of make what builds nothing that is named is none, a program of tests is run, and all that a target runs is told', async () => {
  const C = { 'a.c': 'int a() { return 1; }\n' }
  const tests = 'orbit-test: a.c\n\t$(CC) -o orbit-test a.c -DTEST\n\t@echo done\nclean:\n\trm -f orbit-test\n'
  assert.equal(
    (await buildOf({ ...C, Makefile: `all: orbit-test\n\n${tests}` })).trim(),
    '- `Makefile`: `make orbit-test && ./orbit-test`, `make clean`',
  )
  assert.equal(
    (await buildOf({ ...C, Makefile: `test: orbit-test\n\t./orbit-test\n\n${tests}` })).trim(),
    '- `Makefile`: `make test` (`./orbit-test`), `make clean`',
  )
  assert.deepEqual(
    workTargets('test: a.c\n\t$(CC) -o $@ a.c\n\t./$@\n').map(({ isProgram }) => isProgram),
    [false],
  )
  assert.equal(
    (await buildOf({ ...C, Makefile: 'all: orbit\norbit: a.o\n\t$(CC) -o orbit\n' })).trim(),
    '- `Makefile`: `make` (`orbit`)',
  )
  assert.equal((await buildOf({ ...C, Makefile: 'clean:\n\trm -f a.o\n' })).trim(), '')
  assert.equal(
    (
      await buildOf({
        ...C,
        Makefile: 'dev:\n\tcargo build\n\tcp target/a ~/bin/a\ndocs:\n\tcargo doc\n\tscp target/doc/* host:~/www/\n',
      })
    ).trim(),
    '',
  )
})

test('no usual tests are told where a document tells of others', async () => {
  const rust = { 'src/lib.rs': 'pub fn f() {}\n', 'Cargo.toml': '[package]\nname = "orbit"\n' }
  const told = await buildOf({
    ...rust,
    Makefile: 'test:\n\tcargo test --all\n',
    'CONTRIBUTING.md': '# Work\n\n```\nmake test\n```\n',
  })
  assert.match(told, /`make test`/)
  assert.match(told, /standard commands\): `cargo build`$/m)
})

test('tasks of a pyproject.toml stand for what tools of Python usually do, run as CI runs them', async () => {
  const build = await buildOf({
    'orbit/__init__.py': 'A = 1\n',
    'pyproject.toml':
      '[project]\nname = "orbit"\n[tool.pytest.ini_options]\n[tool.poe.tasks]\ntest = "pytest"\ncheck = ["test", "docs"]\ndocs = "sphinx-build doc"\n[tool.poe.tasks.lint]\nsequence = [{ cmd = "ruff check ." }]\n[tool.poe.tasks.build]\nshell = """\nmake man\nuv build\n"""\n',
    '.github/workflows/ci.yaml':
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is YAML
      'on: pull_request\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: uv run --python ${{ matrix.python }} poe ${{ matrix.task }}\n',
  })
  assert.match(build, /`uv run poe test` \(`pytest`\), `uv run poe check` \(`test, docs`\), `uv run poe lint`/)
  assert.match(build, /`uv run poe build`(?! \()/)
  const tasks = '[project]\nname = "orbit"\n[tool.poe.tasks]\ntest = "pytest"\nchangelog = "git log"\n'
  const both = await buildOf({ 'orbit/__init__.py': 'A = 1\n', 'tox.ini': '[tox]\n', 'pyproject.toml': tasks })
  assert.match(both, /`poe test` \(`pytest`\)/)
  assert.doesNotMatch(both, /tox run|changelog/)
  assert.doesNotMatch(build, /pip install|, `pytest`/)
})

test('tasks of Python run with Poetry also without a lock file, after the installation', async () => {
  const build = await buildOf({
    'orbit/__init__.py': 'A = 1\n',
    'pyproject.toml': '[tool.poetry]\nname = "orbit"\nversion = "1"\n[tool.poe.tasks]\ntest = "pytest"\n',
  })
  assert.match(build, /poetry install/)
  assert.match(build, /`poetry run poe test`/)
})

test('a recipe is quoted with what make itself sets, and not at all where its second command is unknown', () => {
  const text =
    'test:\n\tgo clean -testcache && $(MAKE) unit && $(MAKE) race\nclean:\n\t$(RM) -r dist\nlint:\n\tgo vet ./... && $(LINT) run\n'
  assert.deepEqual(
    workTargets(text).map(({ name, runs }) => [name, runs]),
    [
      ['test', 'go clean -testcache && make unit && make race'],
      ['clean', ''],
      ['lint', ''],
    ],
  )
})

test('of make neither variables, nor what a condition adds, nor what a missing tox runs, nor a first target that is an error', async () => {
  const C = { 'a.c': 'int main(void) { return 0; }\n' }
  const conditional = 'EXE = orbit\nall: $(EXE)\nifeq ($(JSON),yes)\nall: data.json\nendif\n$(EXE):\n\t$(CC) a.c\n'
  const check = 'check:\n\t$(QUIET)test/run.sh\n'
  assert.equal(
    (await buildOf({ ...C, Makefile: conditional + check })).trim(),
    '- `Makefile`: `make` (`orbit`), `make check`',
  )
  const tox = {
    'a.py': 'x = 1\n',
    Makefile:
      'lint:\n\truff check\n\nclean-tox: ## Removes it\n\trm -rf .tox\n\ntest: ## Runs the tests\n\t@echo $@\n\t@tox -e py\n',
  }
  assert.doesNotMatch(await buildOf(tox), /make (?:test|clean-tox)/)
  assert.match(await buildOf({ ...tox, 'tox.ini': '[tox]\n' }), /make test/)
  assert.match(await buildOf({ ...tox, 'setup.cfg': '[tox:tox]\n' }), /make test/)
  assert.match(await buildOf({ ...tox, 'pyproject.toml': '[tool]\ntox = { env_list = ["py"] }\n' }), /make test/)
  const list =
    '_no-target:\n\t$(error Try `make list`)\n\nlist:\n\t@$(MAKE) -pRrn : -f $(MAKEFILE_LIST)\n\ntest:\n\tcc a.c\n'
  assert.doesNotMatch(await buildOf({ ...C, Makefile: list }), /`make` \(/)
})

test('a recipe of just that pushes is for maintainers', async () => {
  const justfile =
    '# Runs the tests\ntest:\n    cargo test\n\n# Tags it\ntag:\n    git tag v1\n    git push origin v1\n'
  const build = await buildOf({ justfile, 'src/lib.rs': '' })
  assert.match(build, /just test/)
  assert.doesNotMatch(build, /just tag/)
})

test('a recipe with an unset value of an option is not shown, one without further options is', () => {
  const text =
    'build-image:\n\tdocker build -t $(IMAGE):$(TAG) -f Dockerfile .\ntest:\n\tgo test -v $(TESTFLAGS)\nbuild:\n\tgo build -ldflags=$(LD) -o $(APP)\n'
  assert.deepEqual(
    workTargets(text).map(({ name, runs }) => [name, runs]),
    [
      ['build-image', ''],
      ['test', 'go test -v'],
      ['build', ''],
    ],
  )
})
