"use strict";
// Shows /api/openapi.json. Texts are set as texts, never as HTML.

const byId = (id) => document.getElementById(id);

function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

/** The place a "#/a/b" leads to. */
function resolved(root, value) {
  if (!value || !value.$ref) return value;
  let found = root;
  for (const part of value.$ref.slice(2).split("/")) found = found[part];
  return resolved(root, found);
}

/** A schema as the shape of a value: names and types. */
function shape(root, given, depth = 0) {
  const schema = resolved(root, given) ?? {};
  if (depth > 6) return "…";
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum.map(String).join(" | ");
  if (schema.oneOf) return schema.oneOf.map((one) => shape(root, one, depth + 1))[0];
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((one) => shape(root, one, depth + 1)));
  if (schema.items) return [shape(root, schema.items, depth + 1)];
  if (schema.properties)
    return Object.fromEntries(Object.entries(schema.properties).map(([name, one]) => [name, shape(root, one, depth + 1)]));
  const type = [schema.type ?? "any"].flat().join(" | ");
  return schema.format ? `${type} (${schema.format})` : type;
}

function parametersTable(root, parameters) {
  const table = element("table");
  for (const one of parameters.map((given) => resolved(root, given))) {
    const row = element("tr");
    row.append(element("td", `${one.name}${one.required ? " *" : ""}`), element("td", one.in),
      element("td", JSON.stringify(shape(root, one.schema))), element("td", one.description ?? ""));
    table.append(row);
  }
  return table;
}

function content(root, title, given) {
  const part = element("section");
  part.append(element("h4", title));
  for (const [type, media] of Object.entries(given ?? {})) {
    part.append(element("div", type));
    if (type === "application/json") part.append(element("pre", JSON.stringify(shape(root, media.schema), null, 2)));
  }
  return part;
}

function operation(root, path, method, item) {
  const one = item[method];
  const details = element("details");
  const summary = element("summary");
  summary.append(element("span", method.toUpperCase(), "method"), element("code", path),
    element("span", one["x-permission"] ?? "", "permission"), element("span", one.summary ?? ""));
  details.append(summary);
  details.dataset.text = `${method} ${path} ${one.summary ?? ""} ${one["x-permission"] ?? ""}`.toLowerCase();
  if (one.description) details.append(element("p", one.description));
  const parameters = [...(item.parameters ?? []), ...(one.parameters ?? [])];
  if (parameters.length) details.append(parametersTable(root, parameters));
  if (one.requestBody) details.append(content(root, "Request", resolved(root, one.requestBody).content));
  for (const [status, given] of Object.entries(one.responses)) {
    const response = resolved(root, given);
    details.append(content(root, `${status}: ${response.description}`, response.content));
  }
  return details;
}

async function main() {
  const list = byId("list");
  try {
    const root = await (await fetch("/api/openapi.json")).json();
    byId("about").textContent = root.info.description;
    list.replaceChildren();
    for (const [path, item] of Object.entries(root.paths))
      for (const method of ["get", "post", "put", "patch", "delete"])
        if (item[method]) list.append(operation(root, path, method, item));
  } catch (error) {
    list.textContent = `The interface could not be read: ${error.message}`;
  }
  byId("find").addEventListener("input", (event) => {
    const text = event.target.value.toLowerCase();
    for (const one of list.querySelectorAll("details")) one.hidden = !one.dataset.text.includes(text);
  });
}

main();
