// What the readers of a nation's tables share: the folder, a table with the checks that several of them need, and the list of readers.
#pragma once

#include "models/nation.hpp"
#include "sim/scenario/csv_table.hpp"

#include <cmath>

namespace fabrica::nation_tables {

/// A table that knows whether anything was wrong with it so far: what only follows from another error is not reported.
class Table : public sim::scenario::CsvTable {
public:
    /// @param unique  columns that together name a row; a second row of the same name is an error
    static Table open(const std::string& path, std::vector<std::string> columns, std::vector<std::string> unique,
                      sim::Errors& errors);

    /// Nothing wrong was found since the table was opened (also not in tables opened later).
    [[nodiscard]] bool is_clean() const { return errors_->count() == before_; }
    [[nodiscard]] sim::Errors& errors() const { return *errors_; }

    double amount(std::size_t row, const char* column) const;   // not negative
    double positive(std::size_t row, const char* column) const; // above 0
    double share(std::size_t row, const char* column) const;    // in [0, 1]

    /// Position of the cell's text among known names, or -1 with an error that suggests the nearest.
    int find(std::size_t row, const char* column, const std::vector<std::string>& known) const;

    /// Refuses parts that do not sum to one; tables are printed to few digits, so a thousandth is let pass.
    void expect_one(double sum, const sim::Position& where, const std::string& what) const;

    /// Refuses a table that lacks the row of a name.
    void expect_rows(const char* column, const std::vector<std::string>& names) const;

private:
    Table(CsvTable table, sim::Errors& errors, std::size_t before)
        : CsvTable(std::move(table)), errors_(&errors), before_(before)
    {
    }

    sim::Errors* errors_;
    std::size_t before_;
};

/// The folder that is read.
struct Folder {
    std::string path;
    std::vector<std::string>& files;
    sim::Errors& errors;

    Table open(const char* name, std::vector<std::string> columns, std::vector<std::string> unique = {})
    {
        files.push_back(path + "/" + name);
        return Table::open(files.back(), std::move(columns), std::move(unique), errors);
    }
};

// Readers, in the order in which they need each other. Those that return their table are asked for places later.
Table read_sectors(Folder& folder, Nation& nation);
Table read_outside(Folder& folder, Nation& nation);
void read_regions(Folder& folder, Nation& nation);
void read_ownerships(Folder& folder, Nation& nation);
Table read_coefficients(Folder& folder, Nation& nation);
void read_capital_goods(Folder& folder, Nation& nation);
/// @return all uses of home products but those by manufacturers as inputs, by sector [yuan per year]
std::vector<double> read_demand(Folder& folder, Nation& nation, const Table& outside);
void read_paths(Folder& folder, Nation& nation, const std::string& scenario, const Table& sectors);
void read_origins(Folder& folder, Nation& nation);
void read_world_market(Folder& folder, Nation& nation);
void read_emissions(Folder& folder, Nation& nation);
void read_people(Folder& folder, Nation& nation);
void read_hazard(Folder& folder, Nation& nation);
void read_sizes(Folder& folder, Nation& nation);
void read_utilisation(Folder& folder, Nation& nation);

/// Refuses a table of coefficients that is not productive, and gross outputs that it contradicts: x = (I - A)^-1 y within 1 %.
void check_balance(const Nation& nation, const std::vector<double>& uses, const Table& sectors,
                   const Table& coefficients);

} // namespace fabrica::nation_tables
