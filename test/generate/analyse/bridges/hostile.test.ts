import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findBridges } from '#generate/analyse/bridges/find.ts'
import type { Component, SourceFile } from '#generate/model.ts'

const HEADS: Record<string, [path: string, head: string]> = {
  python: ['a.py', 'from flask import Flask\nfrom django.urls import path\napp = Flask("a")\nurlpatterns = [\n'],
  typescript: [
    'a.ts',
    "import express from 'express'\nimport { Controller, Get } from '@nestjs/common'\nconst app = express()\n",
  ],
  go: ['a.go', 'package a\nimport (\n"net/http"\n"github.com/gin-gonic/gin"\n"C"\n)\nvar r = gin.Default()\n'],
  java: ['A.java', 'import org.springframework.x.Y;\n@Controller\nclass A {\n'],
  php: ['routes/a.php', '<?php\nuse Slim\\App;\nuse Illuminate\\Support\\Facades\\Route;\n$app = new App();\n'],
  ruby: ['a.rb', "require 'sinatra'\n"],
  rust: ['a.rs', '#[pymodule]\nfn a() {}\nextern "C" {\n'],
  c: ['a.c', 'PyMODINIT_FUNC PyInit_a(void) {}\n'],
}
const BODIES: Record<string, string> = {
  decorators: '@app.get("/a")\n'.repeat(6_000),
  'calls that never end': 'app.get("/a", '.repeat(6_000),
  'calls that never end, with a path': 'path("a", include(x(y('.repeat(6_000),
  chain: `app${'.get("/a", f)'.repeat(6_000)}`,
  annotations: '@GetMapping("/a")\n'.repeat(6_000),
  'annotations before nothing': '@Get() @RequestMapping({ "a", '.repeat(4_000),
  groups: "Route::prefix('a')->group(function () { $app->group('/a', ".repeat(2_000),
  'long names': `${'a'.repeat(60_000)} = ${'b.'.repeat(20_000)}`,
  spaces: `x =${' '.repeat(80_000)}y`,
  'spaces after words': [
    'x',
    'app',
    'erb',
    'get',
    'from',
    'import',
    'path(',
    'Route::get',
    '@Get',
    'res.render',
    '(a',
    'native',
  ]
    .map((word) => `${word}${' '.repeat(10_000)}`)
    .join('\n'),
  quotes: `"${'\'"`${'.repeat(20_000)}`,
  heredocs: '<<~A\n'.repeat(10_000),
  templates: '`${'.repeat(10_000),
  imports: 'import {a, '.repeat(8_000),
  'imports of lines': 'from a import (\n'.repeat(6_000),
  attributes: '#[pymodule] #[a] #[pyfunction(name = "x")]\n'.repeat(2_000),
  calls: 'C.a(C.b(r.GET("/a", x.b'.repeat(4_000),
  views: 'render_template("a/b.html") res.render("a") view("a.b") return "x"\n'.repeat(1_000),
  prototypes: '@app.get("/__proto__")\ndef __proto__(): ...\napp.get("/constructor", constructor)\n'.repeat(1_000),
}

test('long, open and nested texts end in time in every language', () => {
  for (const [language, [path, head]] of Object.entries(HEADS)) {
    for (const [name, body] of Object.entries(BODIES)) {
      const started = performance.now()
      findBridges([fileOf(path, language, head + body)], componentsOf(path), [])
      assert.ok(performance.now() - started < 5_000, `${name} in ${language}`)
    }
  }
})

test('decorators of many unknown names do not search the imports again', () => {
  const imports = `from a import (${'b, '.repeat(2_000)})\n`.repeat(8)
  const text = `${HEADS.python?.[1]}${imports}${Array.from({ length: 50_000 }, (_, i) => `@x${i}.get("/a")\n`).join('')}`
  const start = process.cpuUsage()
  findBridges([fileOf('a.py', 'python', text)], [], [])
  assert.ok(process.cpuUsage(start).user < 8_000_000)
})

test('a file that is too long, generated, vendored or without text is not looked at', () => {
  const text = `${HEADS.python?.[1]}@app.get("/a")\ndef a(): ...\n`
  const found = (file: Partial<SourceFile>): number =>
    findBridges([{ ...fileOf('a.py', 'python', text), ...file }], [], []).builders.flatMap((one) => one.nodes).length
  assert.equal(found({}), 1)
  assert.equal(found({ generated: true }), 0)
  assert.equal(found({ vendored: true }), 0)
  assert.equal(found({ text: null }), 0)
  assert.equal(found({ role: 'test' }), 0)
  assert.equal(found({ text: text + '#'.repeat(1_000_001) }), 0)
})

function fileOf(path: string, language: string, text: string): SourceFile {
  const rest = { blob: '', bytes: text.length, lines: 1, role: 'code' as const, generated: false, vendored: false }
  return { path, language, text, ...rest }
}

/** Many of one name, on the same lines. */
function componentsOf(file: string): Component[] {
  return Array.from({ length: 5_000 }, (_, index) => ({
    id: `${file}#a~${index}`,
    kind: 'function',
    name: 'a',
    qualifiedName: 'a',
    file,
    startLine: 1,
    endLine: 2,
    exported: true,
    visibility: 'public',
    signature: '',
    doc: null,
    parent: null,
  }))
}
