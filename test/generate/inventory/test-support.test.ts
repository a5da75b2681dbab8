import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inventoryOf } from '../analyse/inventory-of.ts'

/** The roles of some paths, by path. */
async function rolesOf(texts: Record<string, string>, ...paths: string[]): Promise<string[]> {
  const { files } = await inventoryOf(texts)
  return paths.map((path) => files.find((file) => file.path === path)?.role ?? 'none')
}

const base = '<?php\nuse PHPUnit\\Framework\\TestCase;\n\nabstract class QueryTestCase extends TestCase {}\n'
const php = {
  'composer.json': '{"require": {"php": "^8"}, "require-dev": {"phpunit/phpunit": "^11"}}',
  'src/Query.php': '<?php\nclass Query {}\n',
  'src/Reader.php': '<?php\nclass Reader {}\n',
  'src/QueryTestCase.php': base,
}

test('a base class of tests among the code is a test where the framework is for development alone', async () => {
  assert.deepEqual(await rolesOf(php, 'src/QueryTestCase.php', 'src/Query.php'), ['test', 'code'])
  const shipped = { ...php, 'composer.json': '{"require": {"phpunit/phpunit": "^11"}}' }
  assert.deepEqual(await rolesOf(shipped, 'src/QueryTestCase.php'), ['code'])
})

test('a framework that one package of several installs for users makes tests of the others no product', async () => {
  const files = {
    ...php,
    'src/Kit/composer.json': '{"require": {"phpunit/phpunit": "^11"}}',
    'src/Kit/KitTestCase.php': base.replace('QueryTestCase', 'KitTestCase'),
    'src/ReaderTestCase.php': '<?php\nabstract class ReaderTestCase extends KitTestCase {}\n',
    'src/Writer.php': '<?php\nclass Writer {}\n',
    'src/Plan.php': '<?php\nclass Plan {}\n',
  }
  const paths = ['src/Kit/KitTestCase.php', 'src/QueryTestCase.php', 'src/ReaderTestCase.php']
  assert.deepEqual(await rolesOf(files, ...paths), ['code', 'test', 'test'])
})

test('what stands for other code in tests is a test if the package is published without it', async () => {
  const files = {
    ...php,
    'src/StubReader.php': '<?php\nclass StubReader {}\n',
    'src/Stubs.php': '<?php\nclass Stubs {}\n',
  }
  const ignored = { ...files, 'src/.gitattributes': '/Stub*.php export-ignore\n' }
  assert.deepEqual(await rolesOf(files, 'src/StubReader.php', 'src/Stubs.php'), ['code', 'code'])
  assert.deepEqual(await rolesOf(ignored, 'src/StubReader.php', 'src/Stubs.php'), ['test', 'code'])
})

test('what documents name is product, what only a changelog names is not', async () => {
  const text = 'Extend `QueryTestCase` in your own tests.\n'
  assert.deepEqual(await rolesOf({ ...php, 'docs/testing.md': text }, 'src/QueryTestCase.php'), ['code'])
  assert.deepEqual(await rolesOf({ ...php, 'CHANGELOG.md': text }, 'src/QueryTestCase.php'), ['test'])
})

test('helpers of tests are known in other languages, and a repository of nothing else is its product', async () => {
  const python = 'import unittest\n\n\nclass OrbitCase(unittest.TestCase):\n    pass\n'
  const go = 'package orbit\n\nimport "testing"\n\nfunc Check(t *testing.T, name string) {}\n'
  const js = "import { expect } from 'vitest'\nexport const check = (value) => expect(value)\n"
  const ruby = 'class OrbitCase < Minitest::Test\nend\n'
  const csharp = 'public class OrbitFacts {}\n'
  const files = {
    'orbit/case.py': python,
    'check.go': go,
    'src/check.js': js,
    'lib/orbit/case.rb': ruby,
    'Orbit.Checks/Facts.cs': csharp,
    'Orbit.Checks/Orbit.Checks.csproj': '<Project><PackageReference Include="Microsoft.NET.Test.Sdk" /></Project>',
  }
  const paths = ['orbit/case.py', 'check.go', 'src/check.js', 'lib/orbit/case.rb', 'Orbit.Checks/Facts.cs']
  const main = Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`src/main-${at}.js`, 'export const a = 1\n']))
  assert.deepEqual(await rolesOf({ ...files, ...main }, ...paths), ['test', 'test', 'test', 'test', 'test'])
  assert.deepEqual(await rolesOf(files, ...paths), ['code', 'code', 'code', 'code', 'code'])
  const none = '<Project><IsTestProject>false</IsTestProject><PackageReference Include="xunit" /></Project>'
  const shown = { 'Orbit.Checks/Orbit.Checks.csproj': none }
  assert.deepEqual(await rolesOf({ ...files, ...main, ...shown }, 'Orbit.Checks/Facts.cs'), ['code'])
  const peer = { 'package.json': '{"peerDependencies": {"vitest": "*"}}' }
  assert.deepEqual(await rolesOf({ ...files, ...main, ...peer }, 'src/check.js'), ['code'])
})

test('a file of Go beside others is part of their package, also if it takes a test', async () => {
  const run = 'package suite\n\nimport "testing"\n\nfunc Run(t *testing.T) {}\n'
  const files = {
    ...{ 'suite/suite.go': run, 'suite/stats.go': 'package suite\n', 'suite/doc.go': 'package suite\n' },
    ...{ 'checks/checks.go': run, 'main.go': 'package main\n' },
  }
  assert.deepEqual(await rolesOf(files, 'suite/suite.go', 'checks/checks.go'), ['code', 'test'])
})

test('what must not compile is a test, a comment on what is thrown is not', async () => {
  const texts = {
    'plan/errors.ts':
      "import { plan } from './index.js'\n\nlet a = plan()\n// THROWS Type 'string' is not assignable\na = 'b'\n",
    'plan/index.ts':
      'export function plan(): number {\n  // THROWS TypeError where it has no orbit\n  return fly()\n}\n',
  }
  assert.deepEqual(await rolesOf(texts, 'plan/errors.ts', 'plan/index.ts'), ['test', 'code'])
})

test('what builds documents is of them', async () => {
  const texts = {
    'docs/Makefile': 'html:\n\tsphinx-build\n',
    'docs/conf.py': 'project = "a"\n',
    Makefile: 'all:\n\tcc a.c\n',
  }
  assert.deepEqual(await rolesOf(texts, 'docs/Makefile', 'docs/conf.py', 'Makefile'), ['docs', 'docs', 'manifest'])
})

test('snippets of .NET documents are examples, those of an editor are code', async () => {
  const texts = {
    'src/Snippets/Snippets.csproj': '<Project><PackageReference Include="xunit" /></Project>',
    'src/Snippets/Docs/Retry.cs': 'class Retry {}\n',
    'src/snippets/python.js': 'export const python = 1\n',
    'src/main.cs': 'class Main {}\n',
  }
  assert.deepEqual(await rolesOf(texts, 'src/Snippets/Docs/Retry.cs', 'src/snippets/python.js'), ['example', 'code'])
})

test('a target of Swift that imports the test library is a test unless a product offers it', async () => {
  const files = {
    'Package.swift': 'let package = Package(name: "orbit", products: [.library(name: "Orbit", targets: ["Orbit"])])\n',
    'Sources/Orbit/Plan.swift': 'public struct Plan {}\n',
    'Sources/Orbit/Route.swift': 'public struct Route {}\n',
    'Sources/OrbitTestHelpers/Helpers.swift': 'import Orbit\nimport XCTest\n\npublic func assertPlan() {}\n',
  }
  assert.deepEqual(await rolesOf(files, 'Sources/OrbitTestHelpers/Helpers.swift', 'Sources/Orbit/Plan.swift'), [
    'test',
    'code',
  ])
  const offered = files['Package.swift'].replace('])])', ']), .library(name: "OrbitTestHelpers", targets: [])])')
  assert.deepEqual(await rolesOf({ ...files, 'Package.swift': offered }, 'Sources/OrbitTestHelpers/Helpers.swift'), [
    'code',
  ])
})
