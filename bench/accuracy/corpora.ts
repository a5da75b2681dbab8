/**
 * Which repositories the analysis was looked at with while it was made. What is not named here was held out: nobody
 * changed the analysis after seeing how it did there.
 */

const TUNED_WITH = new Set([
  'OpenHands',
  'aider',
  'black',
  'cJSON',
  'core',
  'express',
  'flask',
  'fmt',
  'gin',
  'got',
  'gson',
  'guzzle',
  'hono',
  'leveldb',
  'mobx',
  'Newtonsoft.Json',
  'nvm',
  'okio',
  'os-lib',
  'redis',
  'ripgrep',
  'sinatra',
  'spdlog',
  'trpc',
  'undici',
  'yup',
  'zod',
  'zustand',
])

/** @param name - The name of the repository's folder. */
export function isHeldOut(name: string): boolean {
  return !TUNED_WITH.has(name)
}
