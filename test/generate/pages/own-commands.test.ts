import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMakeTargets, workTargets } from '#generate/pages/commands/make-targets.ts'
import { installsOwn } from '#generate/pages/commands/own-commands.ts'
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
  ])
    assert.equal(installsOwn(line, names), false, line)
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
})

test('what CI runs to test stands before what tools usually do, and workflows that test come first', async () => {
  const job = (run: string): string => `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n${run}`
  const texts = {
    'src/lib.rs': 'pub fn f() {}\n',
    'Cargo.toml': '[package]\nname = "orbit"\n',
    '.github/workflows/a-release.yml': job('      - run: cargo test --release-only\n'),
    '.github/workflows/tests.yml': job(
      '      - run: cargo test --all\n      - run: rm -rf x | cargo build\n      - run: curl x\n',
    ),
  }
  const build = await buildOf(texts)
  assert.match(build, /^- `\.github\/workflows\/tests\.yml` \(on pushes\): `cargo test --all`$/m)
  assert.doesNotMatch(build, /usually|curl|a-release/)
})

test('what CI runs in another folder, or with what only its job knows, is not told as if it ran here', async () => {
  const build = await buildOf({
    'a.cpp': 'int a() { return 1; }\n',
    '.github/workflows/tests.yml':
      'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - name: Test\n        working-directory: build\n        run: ctest --output-on-failure\n      - run: ctest -C $TYPE --rerun-failed\n      - run: |\n          cd build\n          ctest --schedule-random\n      - name: Here\n        working-directory: .\n        run: cmake -B out\n      - run: ctest --test-dir gone\n      - run: ctest --test-dir out\n',
  })
  assert.match(build, /tests\.yml` \(on pushes\): `cmake -B out`, `ctest --test-dir out`$/m)
  assert.doesNotMatch(build, /output-on-failure|rerun|random|gone/)
})

test('what publishes is no command to begin with, and disabled files of CI are left out', async () => {
  const build = await buildOf({
    'orbit/a.py': 'A = 1\n',
    'pyproject.toml': '[project]\nname = "orbit"\n',
    'appveyor.yml': '# This currently does nothing. We have moved\n# elsewhere.\nversion: 1\n',
    '.github/workflows/main.yml':
      'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: tox -e release\n      - run: npm run publish:all\n      - run: cargo build --release\n      - run: tox\n',
  })
  assert.match(build, /^- `\.github\/workflows\/main\.yml` \(on pushes\): `cargo build --release`, `tox`$/m)
  assert.doesNotMatch(build, /appveyor|publish/)
})

test('modules of Go are tested each in its folder', async () => {
  const build = await buildOf({
    'a.go': 'package a\n',
    'go.mod': 'module example.com/a\n',
    'remote/b.go': 'package remote\n',
    'remote/go.mod': 'module example.com/a/remote\n',
    '.github/workflows/ci.yml':
      'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: go test ./...\n      - name: Other\n        run: go test ./...\n        working-directory: ./remote\n      - run: go test ./...\n        working-directory: build\n',
  })
  assert.match(
    build,
    /`\.github\/workflows\/ci\.yml` \(on pushes\): `go test \.\/\.\.\.`, `cd remote && go test \.\/\.\.\.`$/m,
  )
})

test('a check of the format is no test', async () => {
  const build = await buildOf({
    'src/lib.rs': 'pub fn f() {}\n',
    'Cargo.toml': '[package]\nname = "orbit"\n',
    '.github/workflows/ci.yml':
      'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: cargo fmt -- --check\n',
  })
  assert.match(build, /as its tools are usually run\): `cargo build`, `cargo test`/)
})

test('of what AppVeyor runs only what needs no variable of it is told', async () => {
  const texts = {
    'A.csproj': '<Project Sdk="Microsoft.NET.Sdk"></Project>',
    'A.cs': 'class A {}\n',
    'appveyor.yml':
      'build_script:\n- cmd: dotnet build src/ -c Release --version-suffix %V% /p:T=%T%\ntest_script:\n- cmd: dotnet test tests/\n',
  }
  assert.match(await buildOf(texts), /^- `appveyor\.yml`: `dotnet test tests\/`$/m)
})

test('tasks that libraries of Rake define are tasks', async () => {
  const build = await buildOf({
    'lib/a.rb': 'A = 1\n',
    Rakefile:
      'require "rake/testtask"\nRake::TestTask.new\nRSpec::Core::RakeTask.new(:specs)\nRuboCop::RakeTask.new\nnamespace :test do\n  Rake::TestTask.new(:units) do |t|\n  end\nend\ntask :bench do\nend\ntask default: [:rubocop, "test"]\n',
  })
  assert.match(build, /`rake` \(`rubocop, test`\), `rake test`, .*`rake test:units`, .*`rake specs`, `rake rubocop`/)
})

test('of targets that differ by a version the last stands for all, and a variable of a target is none', () => {
  const text =
    'build38: PY = 3.8\nbuild39: PY = 3.9\nbuild38 build39 build310: clean\n\techo a: b\ntest: build310 ## Runs all\nv1: x\nX := 1\n.PHONY: no\n'
  assert.deepEqual(readMakeTargets(text), [
    ['build310', ''],
    ['test', 'Runs all'],
    ['v1', ''],
  ])
})

test('targets that make data are no work on the program; those that build it by name, by recipe or by what they need are', () => {
  const text =
    'themes.json:\n\t@./scripts/load.sh\nall: themes.json\n\t@echo all\nrefresh:\n\t@rm -f themes.json\n\t@$(MAKE) all\norbit: deps\n\t$(CC) -o orbit\nrelay:\n\tgo generate ./...\nlint-all:\n\t@x\neverything: orbit\n'
  assert.deepEqual(
    workTargets(text).map(({ name }) => name),
    ['orbit', 'relay', 'lint-all', 'everything'],
  )
})

const job = (run: string): string => `jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${run}\n`

test('a command of CI comes behind what its job installs, with its services, and those of other systems are left out', async () => {
  const build = await buildOf({
    'orbit/a.py': 'A = 1\n',
    '.github/workflows/test.yml': [
      'on: push\njobs:\n  win:\n    runs-on: windows-latest\n    steps:\n      - run: pytest --win',
      '  unit:\n    runs-on: ubuntu-latest\n    services:\n      redis:\n        image: redis\n        ports:\n          - 1:1\n      store:\n        image: x\n    steps:',
      "      - run: pip install -e '.[test]'\n      - if: matrix.os == 'windows-latest'\n        run: pytest --also",
      '      - run: mkdir build\n      - run: cd build; cmake ..\n      - run: cd build && ctest -j$(nproc)\n      - run: pytest -q\n',
    ].join('\n'),
  })
  assert.equal(
    build.trim(),
    "- `.github/workflows/test.yml` (on pushes) (with `redis`, `store` running): `pip install -e '.[test]'`, `mkdir -p build && cd build && cmake ..`, `cd build && ctest`, `pytest -q`",
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
    /`Makefile`: `make` \(lists the tasks\), `make test` \(`venv\/bin\/python -m pytest`\), `make check` \(All checks\)$/m,
  )
})

test('a workflow that somebody starts by hand is not continuous, and a name that repeats its file says nothing', async () => {
  const build = await buildOf({
    'a.js': 'export const a = 1\n',
    '.github/workflows/test.yml': `name: test\non: [push]\n${job('node a.js')}`,
    '.github/workflows/checks.yml': `name: All checks\non:\n  pull_request:\n    paths: ['src/**']\n${job('node check.js')}`,
    '.github/workflows/brew.yml': `name: brew\non:\n  workflow_dispatch:\n${job('node brew.js')}`,
    '.github/workflows/empty.yml': 'on: push\njobs: {}\n',
  })
  assert.equal(
    build.trim(),
    [
      '- `.github/workflows/test.yml` (on pushes): `node a.js`',
      '- `.github/workflows/checks.yml` (All checks, on pull requests): `node check.js`',
      '- `.github/workflows/brew.yml` (when started by hand): `node brew.js`',
    ].join('\n'),
  )
})

test('of a workflow the steps that anybody can run are told, with what its matrix puts in', async () => {
  const head = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n'
  const build = await buildOf({
    'a.js': 'export const a = 1\n',
    '.travis.yml': 'script: make old\n',
    '.github/workflows/checks.yml': `${head}    strategy:\n      matrix:\n        include:\n          - os: windows-latest\n            args: winTest\n          - os: ubuntu-latest\n            args: >-\n              apiCheck\n              :a:check\n    steps:\n      - run: ./gradlew \${{ matrix.args }}\n`,
    '.github/workflows/style.yml': `${head}    steps:\n      - uses: a/setup-php@v2\n        with:\n          tools: composer:v2, cs2pr, acme/style-checker\n      - if: matrix.stability == 'dev'\n        run: composer config dev\n      - run: style-checker check\n      - run: make style FLAGS='-q | cs2pr'\n      - run: composer diff \${{ github.event.pull_request.base.sha }}\n`,
    '.github/workflows/called.yml': 'on: push\njobs:\n  a:\n    uses: acme/flows/.github/workflows/tox.yml@v1\n',
  })
  assert.equal(
    build.trim(),
    [
      '- `.github/workflows/style.yml` (on pushes): `make style`',
      '- `.github/workflows/checks.yml` (on pushes): `./gradlew apiCheck :a:check`',
    ].join('\n'),
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

test('of workflows neither what publishes, compares or follows another is told, nor what moves files and asks versions', async () => {
  const build = await buildOf({
    'a.java': 'class A {}\n',
    '.github/workflows/build.yml': `on: push\n${job('mvn --version\n      - run: mvn install -Dlong\n      - run: "true"\n      - run: rm -rf old/\n      - uses: acme/lint-action@v1')}`,
    '.github/workflows/site.yml': `name: Website\non:\n  push:\n    tags: [site*]\n${job('mvn site')}`,
    '.github/workflows/tagged.yml': `on:\n  push:\n    tags: [v*]\n${job('mvn verify')}`,
    '.github/workflows/api-surface-check.yml': `on: pull_request\n${job('mvn japicmp:cmp')}`,
    '.github/workflows/after.yml': `on:\n  workflow_run:\n    workflows: [x]\n${job('node report.js')}`,
    '.github/workflows/prepare.yml': `on: pull_request\n${job('cmake -S . -B build')}`,
    '.github/workflows/style.yml': `on: push\n${job('npm ci\n      - run: node style.js\n      - env:\n          KEY: $'.concat('{{ secrets.KEY }}\n        run: node send.js'))}`,
  })
  assert.equal(
    build.trim(),
    [
      '- `.github/workflows/build.yml` (on pushes): `mvn install -Dlong`',
      '- `.github/workflows/style.yml` (on pushes): `npm ci`, `node style.js`',
    ].join('\n'),
  )
})

test('of the jobs of a workflow those that test come first, behind what they install, without the same run for a report', async () => {
  const build = await buildOf({
    'a.php': '<?php\nfunction a() {}\n',
    '.github/workflows/ci.yml': [
      'on: push\njobs:\n  style:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ./tools/composer update -q --no-ansi\n      - run: ./tools/phpstan analyse',
      '  cover:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ./tools/composer update --no-ansi -q\n      - run: vendor/bin/phpunit --log-junit a.xml --coverage-text',
      '  unit:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ./tools/composer update -q --no-ansi\n      - run: vendor/bin/phpunit',
      '  packed:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/download-artifact@v4\n      - run: vendor/bin/phpunit packed\n',
    ].join('\n'),
  })
  assert.equal(
    build.trim(),
    '- `.github/workflows/ci.yml` (on pushes): `./tools/composer update --no-ansi -q`, `vendor/bin/phpunit`, `./tools/phpstan analyse`',
  )
})

test('what only the entries of other systems put into a command is empty elsewhere', async () => {
  const build = await buildOf({
    'a.c': 'int a() { return 1; }\n',
    '.github/workflows/ci.yml': `on: push\njobs:\n  a:\n    runs-on: \${{ matrix.os }}\n    strategy:\n      matrix:\n        include:\n          - os: ubuntu-latest\n          - os: windows-latest\n            more: -T ClangCL\n    steps:\n      - run: cmake -B build \${{ matrix.more }}\n      - run: cmake --build build\n`,
  })
  assert.equal(build.trim(), '- `.github/workflows/ci.yml` (on pushes): `cmake -B build`, `cmake --build build`')
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
  assert.equal(
    (await buildOf({ ...C, Makefile: 'all: orbit\norbit: a.o\n\t$(CC) -o orbit\n' })).trim(),
    '- `Makefile`: `make all` (`orbit`), `make orbit` (`$(CC) -o orbit`)',
  )
  assert.equal((await buildOf({ ...C, Makefile: 'clean:\n\trm -f a.o\n' })).trim(), '')
  assert.equal(
    (
      await buildOf({
        ...C,
        Makefile: 'dev:\n\tcargo build\n\tcp target/a ~/bin/a\ndocs:\n\tcargo doc\n\tscp target/doc/* host:~/www/\n',
      })
    ).trim(),
    '- `Makefile`: `make dev` (`cargo build && cp target/a ~/bin/a`)',
  )
})
