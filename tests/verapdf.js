// veraPDF's own validator and its profile of PDF/UA-1, asked by the JavaScript that veraPDF itself brings along (Rhino).
// Its command line is not in the jar, nor is JAXB, which would read the profile: so the profile is read here.
// A line for each file: how many rules there are and how many checks were made, and the failed rules with how often each failed.
java.util.logging.LogManager.getLogManager().reset();
var V = Packages.org.verapdf;
var P = V.pdfa.validation.profiles.Profiles;
var UA1 = V.pdfa.flavours.PDFAFlavour.PDFUA_1;
var None = java.util.ArrayList;

function first(node, name) {
  return node.getElementsByTagName(name).item(0);
}

function taken(xml, name, make) {
  var found = new java.util.HashSet();
  var nodes = xml.getElementsByTagName(name);
  for (var i = 0; i < nodes.getLength(); i++) found.add(make(nodes.item(i)));
  return found;
}

function rule(node) {
  var id = first(node, "id");
  var specification = V.pdfa.flavours.PDFAFlavour.Specification.valueOf(id.getAttribute("specification"));
  var name = P.ruleIdFromValues(specification, id.getAttribute("clause"), parseInt(id.getAttribute("testNumber")));
  var deferred = node.getAttribute("deferred") == "true" ? java.lang.Boolean.TRUE : null;
  var error = P.errorFromValues(first(node, "message").getTextContent(), new None());
  return P.ruleFromValues(name, node.getAttribute("object"), deferred, node.getAttribute("tags"),
    first(node, "description").getTextContent(), first(node, "test").getTextContent(), error, new None());
}

function variable(node) {
  return P.variableFromValues(node.getAttribute("name"), node.getAttribute("object"),
    first(node, "defaultValue").getTextContent(), first(node, "value").getTextContent());
}

V.gf.foundry.VeraGreenfieldFoundryProvider.initialise();
var text = java.lang.ClassLoader.getSystemResourceAsStream("org/verapdf/pdfa/validation/PDFUA-1.xml");
var xml = javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(text);
var rules = taken(xml, "rule", rule);
var details = P.profileDetailsFromValues("", "", "", new java.util.Date());
var profile = P.profileFromValues(UA1, details, "", rules, taken(xml, "variable", variable));

for (var i = 0; i < arguments.length; i++) {
  var parser = V.pdfa.Foundries.defaultInstance().createParser(new java.io.File(arguments[i]), UA1);
  var result = V.pdfa.validation.validators.ValidatorFactory.createValidator(profile, false).validate(parser);
  var failed = {};
  var each = result.getFailedChecks().entrySet().iterator();
  while (each.hasNext()) {
    var one = each.next();
    var id = one.getKey();
    failed[id.getClause() + "-" + id.getTestNumber()] = one.getValue() + ": " + profile.getRuleByRuleId(id).getDescription();
  }
  print(JSON.stringify({ rules: rules.size(), checks: result.getTotalAssertions(), compliant: !!result.isCompliant(), failed: failed }));
  parser.close();
}
