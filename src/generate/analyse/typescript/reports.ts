/** What the analyser says of its own work, one report a language. */

import type { LanguageReport, SourceFile } from '#generate/model.ts'
import type { FileEdges } from './edges.ts'
import type { Index } from './index-of-components.ts'

export interface Outcome {
  index: Index
  /** By path. */
  results: ReadonlyMap<string, FileEdges>
  /** Files whose names were looked up without the checker. */
  unchecked: ReadonlySet<string>
  /** Files with errors, and those that were left out. */
  failed: ReadonlySet<string>
}

/** @param files - Sorted by path. */
export function reportsOf(files: readonly SourceFile[], outcome: Outcome): LanguageReport[] {
  const reports = new Map<string, LanguageReport>()
  const languages = new Map<string, string>()
  for (const file of files) {
    const language = file.language ?? ''
    languages.set(file.path, language)
    const report = reports.get(language) ?? emptyReport(language)
    reports.set(language, report)
    report.files++
    const result = outcome.results.get(file.path)
    report.callsResolved += result?.callsResolved ?? 0
    report.callsUnresolved += result?.callsUnresolved ?? 0
    if (outcome.failed.has(file.path)) report.failed.push(file.path)
    if (outcome.unchecked.has(file.path)) report.engine = 'names'
  }
  for (const component of outcome.index.components.values()) {
    const report = reports.get(languages.get(component.file) ?? '')
    if (report !== undefined) report.components++
  }
  return [...reports.values()]
}

function emptyReport(language: string): LanguageReport {
  return { language, engine: 'checker', files: 0, components: 0, callsResolved: 0, callsUnresolved: 0, failed: [] }
}
