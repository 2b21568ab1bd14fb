/** The formats that a report can be printed in, and what each is for. */
export const formats = {
  text: "for people",
  json: "for programs: everything there is to say, a versioned contract",
  sarif: "SARIF 2.1.0, for code scanning",
  junit: "JUnit's XML, for CI systems that show tests",
  gitlab: "GitLab Code Quality",
  "gitlab-sast": "GitLab's report on static application security testing",
  github: "workflow commands, which GitHub Actions shows as annotations",
  checkstyle: "Checkstyle's XML, for Jenkins and others",
  azure: "logging commands of Azure Pipelines",
  teamcity: "service messages for TeamCity's inspections",
  sonar: "Sonar's generic issues",
  atlantis: "for custom policy checks of Atlantis",
  rdjson: "for reviewdog",
  unix: "a line for each finding, for editors and problem matchers",
  markdown: "for comments on pull requests and step summaries",
  html: "one page to read and to pass on",
} as const;

/** One of the formats. */
export type Format = keyof typeof formats;
