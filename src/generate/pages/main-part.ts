/** Of a class or module of Ruby that several places open, the one that defines it. */

import type { Component } from '#generate/model.ts'
import { isCode, type Survey } from './survey.ts'

const known = new WeakMap<Survey, Map<string, Component>>()

/** The part with a comment, or the longest; what is no class or module of Ruby is its own. */
export function mainPart(survey: Survey, component: Component): Component {
  return isOpened(survey, component) ? (mainParts(survey).get(component.qualifiedName) ?? component) : component
}

function isOpened(survey: Survey, { kind, file }: Component): boolean {
  return (kind === 'class' || kind === 'namespace') && survey.files.get(file)?.language === 'ruby'
}

function mainParts(survey: Survey): Map<string, Component> {
  const found = known.get(survey)
  if (found !== undefined) return found
  const parts = new Map<string, Component>()
  for (const component of survey.components.values()) {
    if (!isOpened(survey, component) || !isCode(survey.files.get(component.file))) continue
    const best = parts.get(component.qualifiedName)
    if (best === undefined || weightOf(component) > weightOf(best)) parts.set(component.qualifiedName, component)
  }
  known.set(survey, parts)
  return parts
}

function weightOf({ doc, startLine, endLine }: Component): number {
  return (doc === null ? 0 : 1_000_000) + endLine - startLine
}

/** What is defined at last where classes are only opened on the way: `Rack::Attack::StoreProxy::Client`. */
export function addedBy(survey: Survey, component: Component): readonly Component[] {
  const parts = partsOf(survey, component)
  const isOpening = parts.length !== 1 || parts[0] !== component
  if (component.kind !== 'namespace' && !isOpening) return [component]
  const inside = component.kind === 'namespace' ? (survey.members.get(component.id) ?? []) : parts
  return inside.length === 0 ? [component] : inside.flatMap((one) => addedBy(survey, one))
}

/** What a place that only opens a class adds to it; else the component itself. */
export function partsOf(survey: Survey, component: Component): readonly Component[] {
  if (component.kind !== 'class' || mainPart(survey, component) === component) return [component]
  const members = survey.members.get(component.id) ?? []
  return members.length === 0 ? [component] : members
}
