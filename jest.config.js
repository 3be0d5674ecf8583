/** One configuration for every suite. Types are checked apart, by `npm run types`. */
import { moduleNameMapper as kdljs } from "./scripts/kdljs-bundle.mjs";

export default {
  globalSetup: "<rootDir>/scripts/kdljs-bundle.mjs",
  testEnvironment: "node",
  roots: [
    "<rootDir>/ir",
    "<rootDir>/cli",
    "<rootDir>/templates",
    "<rootDir>/runtime",
    "<rootDir>/spec",
    "<rootDir>/scripts",
  ],
  testMatch: ["**/*.test.ts", "**/*.test.tsx"],
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/runtime/dist"],
  // These (all but the first are of msw) are published as ES modules only, and the suites are CommonJS.
  transformIgnorePatterns: ["/node_modules/(?!(jose|rettime|until-async|@open-draft)/)"],
  transform: {
    "/node_modules/.+\\.m?js$": ["@swc/jest", { jsc: { target: "es2022" } }],
    "^.+\\.(ts|tsx)$": [
      "@swc/jest",
      {
        jsc: {
          target: "es2022",
          parser: { syntax: "typescript", tsx: true },
          transform: { react: { runtime: "automatic" } },
        },
      },
    ],
  },
  moduleNameMapper: {
    ...kdljs,
    "^@mizan/runtime/abi/v1/(.*)$": "<rootDir>/runtime/abi/v1/$1",
    "^@mizan/runtime/(client|react|devtools|server|cache|testing)$": "<rootDir>/runtime/$1/index",
    "^(\\.{1,2}/.*)\\.js$": "$1",
  },
};
