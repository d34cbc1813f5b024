using System.Text.Json;
using OriginWatch.Audit;
using OriginWatch.Reporting.Contract;

namespace OriginWatch.Reporting;

/// <summary>
/// The report as JSON: a stable contract. <c>report.schema.json</c> is exported from the records that are written. The same report always
/// gives the same bytes.
/// </summary>
public static class JsonReport
{
    /// <summary>Changes only when a member is removed or changes meaning.</summary>
    public const int SchemaVersion = 1;

    public static void Write(AuditReport report, Stream stream, ReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        JsonSerializer.Serialize(stream, ReportJson.Of(report, options ?? ReportOptions.Default), ContractContext.Default.ReportJson);
    }
}
