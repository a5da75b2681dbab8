import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readImports } from '#generate/analyse/languages/php/imports.ts'

test('an included path is resolved only if its folder is known', () => {
  const paths: Record<string, string | undefined> = {
    "require \\dirname(__DIR__) . '/b.php'": './../b.php',
    "require DIRNAME(__dir__, 2) . '/b.php'": './../../b.php',
    "require dirname(dirname(__FILE__)) . '/b.php'": './../b.php',
    "require __DIR__ . '/b.php' // '/c.php'": './b.php',
    "require __DIR__ . 'b.php'": undefined,
    "require __FILE__ . '/b.php'": undefined,
    "include 'phar://x.phar/b.php'": 'phar://x.phar/b.php',
    "require __DIR__ . /* here */ '/#x/b.php'": './#x/b.php',
  }
  for (const [text, path] of Object.entries(paths)) assert.equal(readImports(text, 'include')[0]?.path, path, text)
  const deep = `require ${'dirname('.repeat(20_000)}__DIR__${')'.repeat(20_000)} . '/b.php'`
  assert.deepEqual(readImports(deep, 'include'), [])
})

test('imports have their kinds and aliases', () => {
  assert.deepEqual(readImports('use A\\{B, C as D, function f};', 'use'), [
    { path: 'A\\B', alias: 'B', kind: 'class' },
    { path: 'A\\C', alias: 'D', kind: 'class' },
    { path: 'A\\f', alias: 'f', kind: 'function' },
  ])
})
