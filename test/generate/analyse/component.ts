/** Components and files as tests of the analysis write them down. */

import type { Component, SourceFile } from '#generate/model.ts'

export function component(file: string, qualifiedName: string, more: Partial<Component> = {}): Component {
  return {
    id: `${file}#${qualifiedName}`,
    kind: 'method',
    name: qualifiedName.slice(qualifiedName.lastIndexOf('.') + 1),
    qualifiedName,
    file,
    startLine: 1,
    endLine: 1,
    exported: true,
    visibility: 'public',
    signature: '',
    doc: null,
    parent: null,
    ...more,
  }
}

export function sourceFile(path: string, language: string, text: string): SourceFile {
  const lines = text.split('\n').length
  return {
    path,
    blob: path,
    bytes: text.length,
    lines,
    language,
    role: 'code',
    generated: false,
    vendored: false,
    text,
  }
}
