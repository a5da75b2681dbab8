/** Reports how much was analysed and linked, for each language. */

import type { Component, LanguageReport, SourceFile } from '#generate/model.ts'
import type { ProgramEdges } from './link-request.ts'

/** @param files - Sorted by path. */
export function reportsOf(
  files: readonly SourceFile[],
  components: Iterable<Component>,
  { facts, edges, failed }: ProgramEdges,
): LanguageReport[] {
  const reports = new Map<string, LanguageReport>()
  const languages = new Map<string, string>()
  for (const file of files) {
    const language = file.language ?? ''
    languages.set(file.path, language)
    const report = reports.get(language) ?? emptyReport(language)
    reports.set(language, report)
    report.files++
    const result = edges.get(file.path)
    report.callsResolved += result?.callsResolved ?? 0
    report.callsUnresolved += result?.callsUnresolved ?? 0
    if (failed.has(file.path) || facts.get(file.path)?.hasErrors === true) report.failed.push(file.path)
  }
  for (const component of components) {
    const report = reports.get(languages.get(component.file) ?? '')
    if (report !== undefined) report.components++
  }
  return [...reports.values()]
}

function emptyReport(language: string): LanguageReport {
  return { language, engine: 'compiler', files: 0, components: 0, callsResolved: 0, callsUnresolved: 0, failed: [] }
}
