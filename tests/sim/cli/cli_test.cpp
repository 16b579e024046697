#include <doctest/doctest.h>

#include <filesystem>

#include "sim/cli/option_values.hpp"
#include "sim/cli/output_path.hpp"
#include "sim/cli/verify/tolerance.hpp"
#include "sim/cli/verify/update.hpp"

using namespace sim::cli;

TEST_CASE("sizes are read with their units")
{
    CHECK(parse_bytes("8G") == 8e9);
    CHECK(parse_bytes("500M") == 5e8);
    CHECK(parse_bytes("1.5 GB") == 1.5e9);
    CHECK(parse_bytes("1k") == 1e3);
    CHECK(parse_bytes("1000000") == doctest::Approx(1e6));
    for (const char* wrong : {"", "x", "8Q", "-1G", "0", "nan"}) CHECK_FALSE(parse_bytes(wrong));
}

TEST_CASE("dates are read where there is such a day")
{
    CHECK(parse_date("2016-02-29") == sim::Date{2016, 2, 29});
    for (const char* wrong :
         {"", "2015-02-29", "2016-13-01", "2016-2-1", "2016-02-01 ", "2016/02/01", "2016-02-x1", "soon"})
        CHECK_FALSE(parse_date(wrong));
}

TEST_CASE("lists of numbers are read whole, each within its limits")
{
    CHECK(parse_numbers("1,2,16", 1, 16) == std::vector<int>{1, 2, 16});
    CHECK(parse_numbers("7", 0, 9) == std::vector<int>{7});
    for (const char* wrong : {"", ",", "1,", ",1", "1,,2", "0", "17", "1;2", "1, 2", "1.5", "99999999999"})
        CHECK_FALSE(parse_numbers(wrong, 1, 16));
}

TEST_CASE("sizes are shown with three digits")
{
    CHECK(bytes_text(12.0) == "12 B");
    CHECK(bytes_text(3.44e9) == "3.44 GB");
}

TEST_CASE("the id of a run changes with the scenario, the model and the data, not with their names on this machine")
{
    Application application;
    application.model_version = "1";
    sim::scenario::Loaded loaded;
    loaded.sha256 = "5c";
    loaded.files = {{"data/a.csv", "/here/data/a.csv", "aa"}};
    const std::string id = run_id(loaded, application);
    CHECK(id.size() == 16);
    loaded.files[0].path = "/there/data/a.csv";
    CHECK(run_id(loaded, application) == id);
    loaded.files[0].sha256 = "bb";
    CHECK(run_id(loaded, application) != id);
    application.model_version = "2";
    CHECK(run_id(loaded, application) != id);
}

TEST_CASE("values are shown as text and as JSON")
{
    CHECK(text_of(Value{1.0 / 3.0}) == "0.333333");
    CHECK(json_of(Value{1.0 / 3.0}) == "0.3333333333333333");
    CHECK(json_of(Value{std::string("a\"b")}) == "\"a\\\"b\"");
    CHECK(json_of(Value{true}) == "true");
    CHECK(json_of(Value{std::int64_t{7}}) == "7");
}

TEST_CASE("tolerances are one number, or one for each class of series")
{
    CHECK(parse_tolerance("")->is_exact());
    CHECK(parse_tolerance("1e-9")->amounts == 1e-9);
    CHECK(parse_tolerance("1e-9")->shares == 1e-9);
    CHECK(parse_tolerance("amounts=1e-12,shares=1e-6")->amounts == 1e-12);
    CHECK(parse_tolerance("amounts=1e-12,shares=1e-6")->shares == 1e-6);
    CHECK(parse_tolerance("shares=1e-6")->amounts == 0);
    for (const char* wrong : {"x", "-1", "1", "nan", "prices=1e-3", "1e-9,", "shares="})
        CHECK_FALSE(parse_tolerance(wrong));
}

TEST_CASE("an entry comes before all others, in lines of 150 characters")
{
    const std::string first = with_entry("", {"a", "b"}, "why");
    CHECK(first.starts_with("# Changes of the reference results\n\nNewest first."));
    CHECK(first.ends_with("\n\n- **a, b** why\n"));
    CHECK(with_entry("# T\n\n- old\n", {"a"}, "new  text\nof lines") == "# T\n\n- **a** new text of lines\n\n- old\n");
    CHECK(with_entry("- old\n", {"a"}, "new") == "- **a** new\n\n- old\n");
    CHECK(with_entry("# T", {"a"}, "new") == "# T\n\n- **a** new\n");
    const std::string wrapped = with_entry("- old\n", {"a"}, std::string(148, 'x') + " y");
    CHECK(wrapped == "- **a**\n  " + std::string(148, 'x') + "\n  y\n\n- old\n");
}
