#!/usr/bin/env python3
"""What a month of the template costs at list price, as the tables of src/OriginWatch.Aws/README.md and, with --organization, of
src/organization/README.md. US dollars, us-east-1, no free tier."""
import argparse
import json
import re
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
NIGHTS = 365 / 12
HOURS = 730

# As quoted for us-east-1 in 2026; compare them with https://aws.amazon.com/pricing/ before you rely on the sum.
METRIC, ALARM, DASHBOARD = 0.30, 0.10, 3.00  # a month; CloudWatch bills a metric for the hours in which it is sent
LOG_GB, LOG_GB_MONTH, INSIGHTS_GB = 0.50, 0.03, 0.005
LAMBDA_GB_SECOND, LAMBDA_REQUEST = 0.0000133334, 0.20 / 1e6  # arm64
S3_PUT, S3_GET, S3_GB_MONTH = 0.005 / 1e3, 0.0004 / 1e3, 0.023
SNS_EMAIL = 2.00 / 1e5
TRANSITION = 25.00 / 1e6  # Standard workflows

# Assumed.
ORIGINS_PER_DISTRIBUTION = 1.5
RUN_SECONDS = 60  # several times what was measured
READERS = 5  # of a mail every night; most nights have none
DASHBOARD_LOADS = 30 * 24 * 4  # left open, every 15 minutes
FOLLOW_UPS, FOLLOW_UP_SECONDS, CHANGED_METRICS, CHANGED_HOURS = HOURS, 20, 7, 10
WIDGETS_ON_LOGS, DASHBOARD_DAYS = 3, 14
ORGANIZATIONS, ORIGINS_PER_ACCOUNT = (50, 500, 5000), 20
GATHER_SECONDS, STEP_SECONDS, STEP_SECONDS_PER_ORIGIN = 3, 20, 0.012  # of an account; of plan, probe and conclude together, and for each origin
INVENTORY_BYTES, SHARD_AND_OBSERVATION_BYTES, RUN_DAYS, ACCOUNT_LINE_BYTES = 6000, 3000, 14, 400  # of an account; of an origin

# Measured by LambdaNightsTests with 250 origins, per origin and night; doubled, since real names and chains are longer.
LOG_BYTES = 2 * 212
REPORT_BYTES = 2 * 2607
STATE_BYTES = 2 * 145
STATE_DAYS = 90  # for which an old version of the state is kept


def metrics(*names):
    """The names of the metrics that the code defines in these files, in their order."""
    code = "".join((TOP / f"src/OriginWatch.Aws/Publishing/{name}Metrics.cs").read_text(encoding="utf-8") for name in names)
    return re.findall(r'new\(\s*"(\w+)",\s*(?:Count|None|Seconds|Milliseconds),', code)


def default(template, parameter):
    return int(re.search(parameter + r":\n(?:    .*\n)*?    Default: (\d+)", template)[1])


def counts():
    template = (TOP / "template.yaml").read_text(encoding="utf-8")
    memory = default(template, "MemoryMb")
    retention = {name: default(template, name) for name in ("LogRetentionDays", "ReportRetentionDays")}
    return len(metrics("Run")), template.count("AWS::CloudWatch::Alarm"), template.count("Type: AWS::CloudWatch::Dashboard"), memory, retention


def parts(origins, run_seconds=RUN_SECONDS, report_bytes=REPORT_BYTES, memory=None):
    sent, alarms, dashboards, usual_memory, retention = counts()
    memory = memory or usual_memory
    log_gb, report_gb = origins * LOG_BYTES / 1e9, origins * report_bytes / 1e9
    scanned = DASHBOARD_LOADS * WIDGETS_ON_LOGS * DASHBOARD_DAYS * log_gb
    return [
        ("Dashboard", f"{dashboards} at ${DASHBOARD:.2f}", dashboards * DASHBOARD),
        ("Alarms", f"{alarms} at ${ALARM:.2f}", alarms * ALARM),
        ("Custom metrics", f"{sent} at ${METRIC:.2f}, sent in {NIGHTS:.0f} of {HOURS} hours", sent * METRIC * NIGHTS / HOURS),
        ("Log queries of the dashboard", f"{scanned:.0f} GB at ${INSIGHTS_GB}, left open all month", scanned * INSIGHTS_GB),
        ("Logs", f"{NIGHTS * log_gb * 1000:.0f} MB at ${LOG_GB:.2f} a GB, kept {retention['LogRetentionDays']} days", NIGHTS * log_gb * LOG_GB + retention["LogRetentionDays"] * log_gb * LOG_GB_MONTH),
        ("Lambda", f"{NIGHTS:.0f} runs of {run_seconds:.0f} s with {memory} MB on arm64", NIGHTS * (run_seconds * memory / 1024 * LAMBDA_GB_SECOND + LAMBDA_REQUEST)),
        ("S3", f"{retention['ReportRetentionDays']} nights of reports, {STATE_DAYS} days of states", NIGHTS * (5 * S3_PUT + 4 * S3_GET) + (retention["ReportRetentionDays"] * report_gb + STATE_DAYS * 3 * origins * STATE_BYTES / 1e9) * S3_GB_MONTH),
        ("SNS", f"{NIGHTS * READERS:.0f} e-mails", NIGHTS * READERS * SNS_EMAIL),
    ]


def organization_parts(accounts):
    """By part: how it is counted, and the price of a month."""
    template = (TOP / "src/organization/template.yaml").read_text(encoding="utf-8")
    sent, alarms = len(metrics("Run", "Organization")), template.count("AWS::CloudWatch::Alarm")
    origins, logs_kept, reports_kept = accounts * ORIGINS_PER_ACCOUNT, default(template, "LogRetentionDays"), default(template, "ReportRetentionDays")
    log_gb = (origins * LOG_BYTES + accounts * ACCOUNT_LINE_BYTES) / 1e9
    widgets = template.count('"type": "log"')
    memory = default(template, "MemoryMb") / 1024
    seconds = STEP_SECONDS + origins * STEP_SECONDS_PER_ORIGIN
    kept = reports_kept * 2 * origins * REPORT_BYTES + STATE_DAYS * origins * STATE_BYTES + RUN_DAYS * (accounts * INVENTORY_BYTES + origins * SHARD_AND_OBSERVATION_BYTES + origins * STATE_BYTES)
    requests = accounts * (3 * S3_PUT + 4 * S3_GET) + 20 * S3_PUT
    return [
        ("Step Functions", "2 transitions an account, 12 a run", NIGHTS * (2 * accounts + 12) * TRANSITION),
        ("Lambda: gather", f"{GATHER_SECONDS} s an account with 512 MB on arm64", NIGHTS * accounts * (GATHER_SECONDS / 2 * LAMBDA_GB_SECOND + LAMBDA_REQUEST)),
        ("Lambda: plan, probe, conclude", f"{STEP_SECONDS} s and {1000 * STEP_SECONDS_PER_ORIGIN:.0f} ms an origin with {memory * 1024:.0f} MB", NIGHTS * seconds * memory * LAMBDA_GB_SECOND),
        ("S3", f"3 writes an account and night; files of a run for {RUN_DAYS} days, reports for {reports_kept}", NIGHTS * requests + kept / 1e9 * S3_GB_MONTH),
        ("Custom metrics", f"{sent} at ${METRIC:.2f}, sent in {NIGHTS:.0f} of {HOURS} hours", sent * METRIC * NIGHTS / HOURS),
        ("Dashboard and alarms", f"1 at ${DASHBOARD:.2f}, {alarms} at ${ALARM:.2f}", DASHBOARD + alarms * ALARM),
        ("Logs", f"a line an origin and an account, kept {logs_kept} days", NIGHTS * log_gb * LOG_GB + logs_kept * log_gb * LOG_GB_MONTH),
        ("Log queries of the dashboard", f"{widgets} queries over {DASHBOARD_DAYS} days, an hour a day on a screen", NIGHTS * 4 * widgets * DASHBOARD_DAYS * log_gb * INSIGHTS_GB),
        ("SNS", f"{NIGHTS * READERS:.0f} e-mails", NIGHTS * READERS * SNS_EMAIL),
    ]


def organization_table():
    found = [organization_parts(accounts) for accounts in ORGANIZATIONS]
    rows = [f"| {row[0][0]} | {row[0][1]} | {' | '.join(f'{price:,.2f}' for _, _, price in row)} |" for row in zip(*found)]
    sums = " | ".join(f"{sum(price for _, _, price in column):,.2f}" for column in found)
    heads = " | ".join(f"{accounts:,} accounts" for accounts in ORGANIZATIONS)
    return "\n".join([f"| part | how much | {heads} |", "|---|---|---:|---:|---:|", *rows, f"| together | | {sums} |"])


def follow_up(origins, memory):
    """Each looks at a few origins and writes the whole state; the seven metrics are sent only when something changed."""
    runs = FOLLOW_UPS * (FOLLOW_UP_SECONDS * memory / 1024 * LAMBDA_GB_SECOND + LAMBDA_REQUEST)
    states = FOLLOW_UPS * (S3_PUT + 4 * S3_GET) + STATE_DAYS * 24 * origins * STATE_BYTES / 1e9 * S3_GB_MONTH
    return runs + states + CHANGED_METRICS * METRIC * CHANGED_HOURS / HOURS


def table(found, origins):
    rows = [f"| {name} | {amount} | {price:.2f} |" for name, amount, price in found]
    total = f"| together | | {sum(price for _, _, price in found):.2f} |"
    extra = f"| in addition, with `FollowUpSchedule=rate(1 hour)` | {FOLLOW_UPS:.0f} runs of {FOLLOW_UP_SECONDS} s, states, metrics in {CHANGED_HOURS} hours in which something changed | {follow_up(origins, counts()[3]):.2f} |"
    return "\n".join(["| part | how much | US$ a month |", "|---|---|---:|", *rows, total, extra])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("distributions", nargs="?", type=int, default=500)
    parser.add_argument("--origins", type=int, help=f"instead of {ORIGINS_PER_DISTRIBUTION} for each distribution")
    parser.add_argument("--run-seconds", type=float, default=RUN_SECONDS)
    parser.add_argument("--report-bytes", type=float, default=REPORT_BYTES, help="per origin and night")
    parser.add_argument("--memory", type=int, help="of the function, in MB")
    parser.add_argument("--organization", action="store_true", help="the table of the organization edition")
    parser.add_argument("--json", action="store_true", help="the prices alone, by part")
    given = parser.parse_args()
    if given.organization:
        print(organization_table())
        return
    found = parts(given.origins or given.distributions * ORIGINS_PER_DISTRIBUTION, given.run_seconds, given.report_bytes, given.memory)
    if given.json:
        print(json.dumps({name: price for name, _, price in found}))
    else:
        print(table(found, given.origins or given.distributions * ORIGINS_PER_DISTRIBUTION))


if __name__ == "__main__":
    main()
