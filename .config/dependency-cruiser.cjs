/** The arrows of the rooms (README, "The rooms"). An arrow points at what may be imported; all else is refused. */
const room = (name) => `^app/${name}/`;

/** room → what it may import besides itself and packages. */
const arrows = {
  "app/contracts": [],
  "app/core": [room("contracts")],
  "app/services": [room("contracts"), room("core")],
  "app/adapters": [room("contracts"), room("core"), room("services")],
  "app/transports": [room("contracts"), room("core"), room("services")],
  renderer: [room("contracts")],
};

const forbidden = Object.entries(arrows).map(([from, allowed]) => ({
  name: `arrow-${from.replace("/", "-")}`,
  comment: `${from} may import ${allowed.length === 0 ? "no other room" : allowed.map((path) => path.slice(1, -1)).join(", ")}`,
  severity: "error",
  from: { path: `^${from}/`, pathNot: "\\.(test|bench)\\.tsx?$|/testing/" },
  to: { path: "^(app|renderer|e2e|scripts)/", pathNot: [`^${from}/`, ...allowed] },
}));

module.exports = {
  forbidden: [
    ...forbidden,
    {
      name: "electron-in-two-rooms",
      comment: "Only hosts/main and hosts/preload import Electron",
      severity: "error",
      from: { path: "^(app|renderer|scripts)/", pathNot: "^app/hosts/(main|preload)/" },
      to: { path: "^electron(/|$)|node_modules/electron/" },
    },
    {
      name: "pure-rooms",
      comment: "contracts and core know neither Node nor a native package",
      severity: "error",
      from: { path: "^app/(contracts|core)/", pathNot: "\\.(test|bench)\\.ts$|/testing/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "hosts-are-on-top",
      comment: "Nothing below imports a host",
      severity: "error",
      from: { path: "^(app|renderer)/", pathNot: "^app/hosts/" },
      to: { path: "^app/hosts/" },
    },
    // A view is imported when it is first shown, long after the table that names it was read.
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only", "dynamic-import"] } },
    },
    { name: "no-unresolved", severity: "error", from: {}, to: { couldNotResolve: true, pathNot: "^electron$" } },
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mjs", ".js"],
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
    },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(golden|testdata)/" },
  },
};
