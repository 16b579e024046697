#include <doctest/doctest.h>

#include "sim/cli/sweep/plan_arguments.hpp"
#include "sim/cli/sweep/slurm.hpp"

using namespace sim::cli;

TEST_CASE("runs are packed in order, and neighbours become ranges")
{
    using Tasks = std::vector<std::vector<std::string>>;
    CHECK(pack_ranges({0, 1, 2, 5, 7, 8}, 4) == Tasks{{"0:3", "5:6"}, {"7:9"}});
    CHECK(pack_ranges({3}, 60) == Tasks{{"3:4"}});
    CHECK(pack_ranges({}, 2).empty());
}

TEST_CASE("a task takes a minute or more")
{
    CHECK(runs_of_a_minute(7.0) == 9); // 8.6
    CHECK(runs_of_a_minute(600.0) == 1);
    CHECK(runs_of_a_minute(0.0) == 60); // unknown: a second is assumed
    CHECK(runs_of_a_minute(1e-9) == 10000);
}

TEST_CASE("the largest array is what Slurm says, or its own default")
{
    CHECK(max_array_size("MailProg = /bin/mail\nMaxArraySize            = 20001\nMaxJobCount = 3\n") == 20001);
    CHECK(max_array_size("slurm_load_ctl_conf error") == 1001);
}

TEST_CASE("shards and ranges of runs are told as text")
{
    CHECK(parse_shard("2/8")->part == 2);
    CHECK(parse_shard("8/8")->of == 8);
    for (const char* wrong : {"", "0/8", "9/8", "1", "1/", "/2", "1/2/3", "-1/2", "a/b"})
        CHECK_FALSE(parse_shard(wrong));
    CHECK(parse_range("0:3")->second == 3);
    for (const char* wrong : {"", "3:3", "4:3", ":3", "3:", "1-3", "1:2 ", "-1:2"}) CHECK_FALSE(parse_range(wrong));
}
