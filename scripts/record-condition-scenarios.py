"""Records which combinations of conditions cfn-lint takes for possible, and which really are.

Writes fixtures/oracle/condition-scenarios.json, one case a line: a template that was drawn by lot, the
combinations of its conditions that cfn-lint's solver finds ("TFT" for three conditions), and those found by
trying every value of every parameter. Run it with cfn-lint at hand (pip install cfn-lint==1.51.0):

    python3 scripts/record-condition-scenarios.py

https://github.com/aws-cloudformation/cfn-lint/blob/main/src/cfnlint/conditions/conditions.py
"""

import itertools
import json
import pathlib
import random

from cfnlint.template import Template

CASES = 80
VALUES = ["a", "b", "c"]
COMPARED = "cfn-lint takes A = B and A = x to exclude each other, and to have nothing to do with B = x"
# What AWS's public samples have and cfn-lint reads otherwise, with the combinations there are.
ARGUED = [
    {
        "differs": "CloudFormation makes text of booleans, which cfn-lint spells True",
        "template": {
            "Parameters": {"P": {"Type": "String", "AllowedValues": [True, False]}},
            "Conditions": {"A": {"Fn::Equals": [{"Ref": "P"}, "true"]}},
            "Resources": {"OnlyA": {"Type": "AWS::SNS::Topic", "Condition": "A"}},
        },
        "reachable": ["F", "T"],
    },
    {
        "differs": "cfn-lint does not look into mappings",
        "template": {
            "Parameters": {"P": {"Type": "String", "AllowedValues": ["x", "y"]}},
            "Mappings": {"M": {"x": {"k": "pl-1"}, "y": {"k": "pl-2"}}},
            "Conditions": {"A": {"Fn::Equals": [{"Fn::FindInMap": ["M", {"Ref": "P"}, "k"]}, ""]}},
            "Resources": {"OnlyA": {"Type": "AWS::SNS::Topic", "Condition": "A"}},
        },
        "reachable": ["F"],
    },
    {
        "differs": "cfn-lint does not compute texts",
        "template": {
            "Parameters": {"P": {"Type": "String", "AllowedValues": ["", "x"]}},
            "Conditions": {
                "A": {"Fn::Equals": [{"Ref": "P"}, ""]},
                "B": {"Fn::Equals": [{"Fn::Join": ["/", [{"Ref": "P"}, "a"]]}, "/a"]},
            },
            "Resources": {
                "OnlyA": {"Type": "AWS::SNS::Topic", "Condition": "A"},
                "OnlyB": {"Type": "AWS::SNS::Topic", "Condition": "B"},
            },
        },
        "reachable": ["FF", "TT"],
    },
]
TARGET = pathlib.Path(__file__).parent.parent / "fixtures/oracle/condition-scenarios.json"


class Draw:
    """One template drawn by lot."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        # Every fourth compares parameters with each other.
        self.compares_parameters = seed % 4 == 0
        self.domains = {
            name: None if self.random.random() < 0.3 else self.subset(VALUES)
            for name in ["P", "Q", "R"][: self.random.randint(1, 3)]
        }
        names = ["A", "B", "C", "D"][: self.random.randint(2, 4)]
        self.conditions = {}
        for name in names:
            self.conditions[name] = self.condition(2, list(self.conditions))
        rules = self.random.randint(0, 2)
        self.rules = {f"Rule{index}": self.rule() for index in range(rules)}

    def subset(self, values):
        return sorted(self.random.sample(values, self.random.randint(2, len(values))))

    def equals(self):
        name = self.random.choice(list(self.domains))
        other = self.random.choice(list(self.domains))
        if self.compares_parameters and other != name and self.random.random() < 0.5:
            return {"Fn::Equals": [{"Ref": name}, {"Ref": other}]}
        operands = [{"Ref": name}, self.random.choice(VALUES)]
        self.random.shuffle(operands)
        return {"Fn::Equals": operands}

    def condition(self, depth, known):
        kinds = ["equals"] if depth == 0 else ["equals", "equals", "not", "and", "or", "named"]
        match self.random.choice(kinds):
            case "not":
                return {"Fn::Not": [self.condition(depth - 1, known)]}
            case "and" | "or" as kind:
                operands = [self.condition(depth - 1, known) for _ in range(2)]
                return {f"Fn::{kind.capitalize()}": operands}
            case "named" if known:
                return {"Condition": self.random.choice(known)}
            case _:
                return self.equals()

    def rule(self):
        rule = {"Assertions": [{"Assert": self.condition(1, [])}]}
        return rule if self.random.random() < 0.5 else {"RuleCondition": self.equals(), **rule}

    def template(self):
        return {
            "Parameters": {
                name: {"Type": "String", **({} if domain is None else {"AllowedValues": domain})}
                for name, domain in self.domains.items()
            },
            **({"Rules": self.rules} if self.rules else {}),
            "Conditions": self.conditions,
            "Resources": {
                f"Only{name}": {"Type": "AWS::SNS::Topic", "Condition": name}
                for name in self.conditions
            },
        }

    def holds(self, condition, values):
        [(function, operands)] = condition.items()
        match function:
            case "Condition":
                return self.holds(self.conditions[operands], values)
            case "Fn::Not":
                return not self.holds(operands[0], values)
            case "Fn::And":
                return all(self.holds(operand, values) for operand in operands)
            case "Fn::Or":
                return any(self.holds(operand, values) for operand in operands)
            case "Fn::Equals":
                left, right = (
                    values[operand["Ref"]] if isinstance(operand, dict) else operand
                    for operand in operands
                )
                return left == right

    def is_allowed(self, values):
        return all(
            not self.holds(rule.get("RuleCondition", {"Fn::And": []}), values)
            or all(self.holds(one["Assert"], values) for one in rule["Assertions"])
            for rule in self.rules.values()
        )

    def reachable(self):
        """By trying every value; of a parameter that takes any, also some that nobody mentions."""
        domains = [domain or [*VALUES, "other", "another", "third"] for domain in self.domains.values()]
        found = set()
        for choice in itertools.product(*domains):
            values = dict(zip(self.domains, choice))
            if self.is_allowed(values):
                found.add(spell(self.holds(one, values) for one in self.conditions.values()))
        return sorted(found)


def by_cfn_lint(template):
    conditions = template["Conditions"]
    solver = Template("template.json", template).conditions
    asked = {name: {True, False} for name in conditions}
    return sorted(
        spell(scenario[name] for name in conditions) for scenario in solver.build_scenarios(asked)
    )


def spell(truths):
    return "".join("T" if truth else "F" for truth in truths)


def main():
    cases = list(ARGUED)
    for draw in map(Draw, range(CASES)):
        reason = {"differs": COMPARED} if draw.compares_parameters else {}
        cases.append({**reason, "template": draw.template(), "reachable": draw.reachable()})
    lines = [
        json.dumps({**case, "cfnLint": by_cfn_lint(case["template"])}, separators=(",", ":"))
        for case in cases
    ]
    TARGET.write_text("[\n" + ",\n".join(lines) + "\n]\n")


main()
