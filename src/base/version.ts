/** The version that goes into every document set; a change of what the generator writes changes it. */
export const GENERATOR_VERSION = '0.6.0'

/** Of the HTTP interface: semantic versioning of what `/openapi.json` says. */
export const API_VERSION = '1.0.0'
