import assert from 'node:assert/strict'
import { test } from 'node:test'
import { edgesOf, findInTexts, nodesOf } from './find-in-texts.ts'

test('package.json: scripts, entry points, workspaces and dependencies inside', async () => {
  const found = await findInTexts({
    'package.json': `{
  "name": "root",
  "main": "./index.js",
  "workspaces": ["packages/*", "!packages/old"],
  "scripts": {
    "build": "node build.js",
    "all": "npm run build && missing"
  },
  "devDependencies": { "@x/a": "workspace:*", "left-pad": "1.0.0" }
}
`,
    'packages/a/package.json': '{"name": "@x/a", "bin": {"a": "bin/a.js"}}\n',
    'packages/a/bin/a.js': '',
    'packages/old/package.json': '{"name": "old"}\n',
    'build.js': '',
    'index.js': '',
  })
  assert.deepEqual(nodesOf(found), [
    'package.json#root package 1-10',
    'package.json#scripts.all script 7-7',
    'package.json#scripts.build script 6-6',
    'packages/a/package.json#@x/a package 1-1',
    'packages/old/package.json#old package 1-1',
  ])
  assert.deepEqual(edgesOf(found), [
    'package.json#root uses index.js',
    'package.json#root depends-on packages/a/package.json#@x/a',
    'package.json#root uses packages/a/package.json#@x/a',
    'package.json#scripts.all runs package.json#scripts.build',
    'package.json#scripts.build runs build.js',
    'packages/a/package.json#@x/a runs packages/a/bin/a.js',
  ])
})

test('pyproject.toml and setup.cfg: scripts lead to the function where it is known, else to its module', async () => {
  const found = await findInTexts(
    {
      'pyproject.toml':
        '[project]\nname = "x"\n\n[project.scripts]\nrun = "x.cli:main"\n"other.one" = "x:go"\nno = "y:go"\n',
      'old/setup.cfg':
        '[metadata]\nname = old\n[options.entry_points]\nconsole_scripts =\n    # a\n    o = old.main:run\ngui_scripts =\n    window = old.main:show\n',
      'old/old/main.py': '',
      'src/x/cli.py': '',
      'src/x/__init__.py': '',
    },
    ['src/x/cli.py#main'],
  )
  assert.deepEqual(nodesOf(found), [
    'old/setup.cfg#old package 2-2',
    'old/setup.cfg#scripts.o script 6-6',
    'old/setup.cfg#scripts.window script 8-8',
    'pyproject.toml#scripts.no script 7-7',
    'pyproject.toml#scripts.other.one script 6-6',
    'pyproject.toml#scripts.run script 5-5',
    'pyproject.toml#x package 1-7',
  ])
  assert.deepEqual(edgesOf(found), [
    'old/setup.cfg#scripts.o runs old/old/main.py',
    'old/setup.cfg#scripts.window runs old/old/main.py',
    'pyproject.toml#scripts.other.one runs src/x/__init__.py',
    'pyproject.toml#scripts.run runs src/x/cli.py#main',
  ])
})

test('targets of Cargo without a path are in the folder of their kind', async () => {
  const found = await findInTexts({
    'Cargo.toml':
      '[package]\nname = "top"\n[[bin]]\nname = "run"\n[[example]]\nname = "plan"\n[[bench]]\nname = "none"\n',
    'src/bin/run/main.rs': '',
    'examples/plan.rs': '',
  })
  assert.deepEqual(
    edgesOf(found).filter((edge) => edge.includes(' runs ')),
    ['Cargo.toml#bin.run runs src/bin/run/main.rs', 'Cargo.toml#example.plan runs examples/plan.rs'],
  )
})

test('Cargo.toml, go.mod, composer.json and gemspecs', async () => {
  const found = await findInTexts({
    'Cargo.toml':
      '[workspace]\nmembers = ["a"]\n[package]\nname = "top"\n[dependencies]\na = { path = "a" }\n\n[[bin]]\nname = "t"\npath = "t.rs"\n',
    't.rs': '',
    'a/Cargo.toml': '[package]\nname = "a"\n',
    'a/src/lib.rs': '',
    'go.mod': 'module example.com/x // the module\n\nreplace (\n\texample.com/y => ./y\n)\n',
    'y/go.mod': 'module example.com/y\n',
    'composer.json': '{"name": "v/p", "scripts": {"test": ["@lint", "@php t.php"], "lint": "bash l.sh"}}',
    't.php': '',
    'l.sh': '',
    'x.gemspec': `Gem::Specification.new do |s|
  s.name = "x"
  s.summary = "It's a gem."
  s.bindir = 'exe'
  s.executables = files.grep(%r!^exe/!) { |f| File.basename(f) }
end
`,
    'exe/x': '#!/usr/bin/env ruby\n',
    'y/y.gemspec': "Gem::Specification.new 'y', version do |s|\n  s.executables = ['one', 'two'] # 'y'\nend\n",
    'z/z.gemspec': "Gem::Specification.new do |s|\n  s.name = 'z'\n  s.executables = []\nend\n",
    'z/bin/z': '#!/usr/bin/env ruby\n',
    'y/bin/one': '#!/usr/bin/env ruby\n',
    'y/bin/y': '#!/usr/bin/env ruby\n',
  })
  assert.deepEqual(edgesOf(found), [
    'Cargo.toml#bin.t depends-on Cargo.toml#top',
    'Cargo.toml#bin.t runs t.rs',
    'Cargo.toml#top depends-on a/Cargo.toml#a',
    'Cargo.toml#top uses a/Cargo.toml#a',
    'a/Cargo.toml#a uses a/src/lib.rs',
    'composer.json#scripts.lint runs l.sh',
    'composer.json#scripts.test runs composer.json#scripts.lint',
    'composer.json#scripts.test runs t.php',
    'go.mod#example.com/x depends-on y/go.mod#example.com/y',
    'x.gemspec#x runs exe/x',
    'y/y.gemspec#y runs y/bin/one',
  ])
  assert.ok(nodesOf(found).includes('Cargo.toml#bin.t target 8-10'))
  assert.ok(nodesOf(found).includes('x.gemspec#x package 2-2'))
  assert.equal(found.nodes.find(({ id }) => id === 'x.gemspec#x')?.detail, "It's a gem.")
})
